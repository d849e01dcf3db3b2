package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Statement Execution API on the wire. */
class StatementApiTest {
    private static final String STATEMENTS = "/api/2.0/sql/statements";
    private static final String LINKS =
            ",\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"ARROW_STREAM\",\"result_compression\":\"LZ4_FRAME\"";
    private static LocalWorkspace workspace;
    private static RawClient client;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
        client = new RawClient(workspace);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @Test
    void execute_inlineJson_carriesSchemaTotalsAndTexts() {
        JsonNode answer = client.run(
                "SELECT 1::INT AS i, TIMESTAMPTZ '2021-01-01 10:00:00Z' AS t, [1,2] AS a, {'k': 1.5::DECIMAL(3,1)} AS s,"
                        + " NULL::VARCHAR AS n, true AS b",
                "");
        assertThat(answer.at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(answer.at("/manifest/schema/column_count").asInt()).isEqualTo(6);
        assertThat(answer.at("/manifest/total_row_count").asInt()).isOne();
        JsonNode row = answer.at("/result/data_array/0");
        assertThat(row.toString())
                .isEqualTo(
                        "[\"1\",\"2021-01-01T10:00:00.000Z\",\"[\\\"1\\\",\\\"2\\\"]\",\"{\\\"k\\\":\\\"1.5\\\"}\",null,"
                                + "\"true\"]");
    }

    @Test
    void execute_linksOfLz4Arrow_chunksHoldEveryRowAndTotalsAgree() throws IOException {
        JsonNode answer = client.run("SELECT i FROM range(300000) t(i)", LINKS);
        JsonNode manifest = answer.get("manifest");
        assertThat(manifest.get("total_chunk_count").asInt()).isEqualTo(3);
        assertThat(manifest.at("/chunks/0/row_count").asInt()).isEqualTo(122_880);
        assertThat(answer.at("/result/external_links").size()).isOne();
        String next =
                answer.at("/result/external_links/0/next_chunk_internal_link").asText();
        assertThat(next).endsWith("/result/chunks/1?row_offset=122880");

        long expected = 0;
        long raw = 0;
        for (int chunk = 0; chunk < 3; chunk++) {
            JsonNode link = client.get(
                            STATEMENTS + "/" + answer.get("statement_id").asText() + "/result/chunks/" + chunk)
                    .json()
                    .at("/external_links/0");
            byte[] body =
                    anonymous().get(link.get("external_link").asText()).raw().body();
            assertThat(body.length).isEqualTo(link.get("byte_count").asInt());
            assertThat(body).startsWith(0x04, 0x22, 0x4D, 0x18, 0x60, 0x70);
            byte[] arrow = new LZ4FrameInputStream(new ByteArrayInputStream(body)).readAllBytes();
            raw += arrow.length;
            expected = readOn(arrow, expected);
        }
        assertThat(expected).isEqualTo(300_000);
        assertThat(manifest.get("total_byte_count").asLong()).isEqualTo(raw);
    }

    private static long readOn(byte[] arrow, long from) throws IOException {
        long next = from;
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(arrow), allocator)) {
            while (reader.loadNextBatch()) {
                BigIntVector ids = (BigIntVector) reader.getVectorSchemaRoot().getVector(0);
                for (int row = 0; row < ids.getValueCount(); row++) {
                    assertThat(ids.get(row)).isEqualTo(next++);
                }
            }
        }
        return next;
    }

    private static RawClient anonymous() {
        return new RawClient(workspace.connection().httpUrl(), "");
    }

    @Test
    void link_tamperedOrWithAuthorizationOrClosed_isRefusedAsS3Does() {
        JsonNode answer = client.run("SELECT i FROM range(10) t(i)", LINKS);
        String link = answer.at("/result/external_links/0/external_link").asText();

        assertThat(anonymous().get(link).status()).isEqualTo(200);
        Answer tampered = anonymous().get(link.replaceFirst("X-Expires=\\d", "X-Expires=9"));
        assertThat(tampered.status()).isEqualTo(403);
        assertThat(tampered.text()).contains("<Code>SignatureDoesNotMatch</Code>");
        Answer authorized = client.get(
                URI.create(link).getRawPath() + "?" + URI.create(link).getRawQuery());
        assertThat(authorized.status()).isEqualTo(400);
        assertThat(authorized.text()).contains("<Code>InvalidArgument</Code>");

        String id = answer.get("statement_id").asText();
        assertThat(client.delete(STATEMENTS + "/" + id).status()).isEqualTo(200);
        assertThat(client.get(STATEMENTS + "/" + id).json().at("/status/state").asText())
                .isEqualTo("CLOSED");
        assertThat(anonymous().get(link).text()).contains("<Code>NoSuchKey</Code>");
    }

    @Test
    void link_rangeOfBytes_isServedInPart() {
        JsonNode answer = client.run("SELECT i FROM range(1000) t(i)", LINKS);
        String link = answer.at("/result/external_links/0/external_link").asText();
        byte[] whole = anonymous().get(link).raw().body();
        Answer part = anonymous().send(link, request -> request.GET().header("Range", "bytes=4-5"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.raw().body()).containsExactly(whole[4], whole[5]);
        assertThat(part.raw().headers().firstValue("Content-Range")).hasValue("bytes 4-5/" + whole.length);
    }

    @Test
    void execute_hybridSmallResult_isAttached() {
        JsonNode answer = client.run(
                "SELECT 42 AS x",
                ",\"disposition\":\"INLINE_OR_EXTERNAL_LINKS\",\"format\":\"ARROW_STREAM\",\"result_compression\":\"LZ4_FRAME\"");
        assertThat(answer.at("/result/attachment").asText()).startsWith("BCJNGGBw");
        assertThat(answer.at("/result/external_links").isMissingNode()).isTrue();
    }

    @Test
    void execute_rowLimit_truncatesAndSaysSo() {
        JsonNode answer = client.run("SELECT i FROM range(200000) t(i)", LINKS + ",\"row_limit\":130000");
        assertThat(answer.at("/manifest/total_row_count").asInt()).isEqualTo(130_000);
        assertThat(answer.at("/manifest/truncated").asBoolean()).isTrue();
        assertThat(client.run("SELECT 1", ",\"row_limit\":1")
                        .at("/manifest/truncated")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void execute_inlineBeyondLimit_failsInTheServicesWords() {
        JsonNode answer = client.run("SELECT repeat('x', 1000) AS s FROM range(40000)", "");
        assertThat(answer.at("/status/state").asText()).isEqualTo("FAILED");
        assertThat(answer.at("/status/error/error_code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(answer.at("/status/error/message").asText()).startsWith("Inline byte limit exceeded.");
    }

    @Test
    void execute_inlineOfSeveralChunks_pagesThroughChunks() {
        JsonNode answer = client.run("SELECT i FROM range(200000) t(i)", "");
        assertThat(answer.at("/result/data_array").size()).isEqualTo(122_880);
        JsonNode second = client.get(
                        answer.at("/result/next_chunk_internal_link").asText())
                .json();
        assertThat(second.at("/data_array/0/0").asText()).isEqualTo("122880");
        assertThat(second.get("row_count").asInt()).isEqualTo(200_000 - 122_880);
        assertThat(second.has("next_chunk_index")).isFalse();
    }

    @Test
    void execute_asyncThenCancel_endsCanceled() {
        JsonNode started = client.post(
                        STATEMENTS,
                        "{\"warehouse_id\":\"0123456789abcdef\",\"wait_timeout\":\"0s\",\"statement\":"
                                + "\"SELECT count(*) FROM range(100000000000) a\"}")
                .json();
        assertThat(started.at("/status/state").asText()).matches("PENDING|RUNNING");
        String path = STATEMENTS + "/" + started.get("statement_id").asText();
        assertThat(client.post(path + "/cancel", "").status()).isEqualTo(200);
        assertThat(client.get(path).json().at("/status/state").asText()).isEqualTo("CANCELED");
        assertThat(client.get(path + "/result/chunks/0").status()).isEqualTo(404);
    }

    @Test
    void execute_badSql_isHttp200WithFailedState() {
        JsonNode answer = client.run("SELEC 1", "");
        assertThat(answer.at("/status/state").asText()).isEqualTo("FAILED");
        assertThat(answer.at("/status/error/error_code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(answer.at("/status/sql_state").asText()).hasSize(5);
    }

    @Test
    void session_openRunClose_inBothSpellings() {
        String id = client.post("/api/2.0/sql/sessions/", "{\"warehouse_id\":\"0123456789abcdef\"}")
                .json()
                .get("session_id")
                .asText();
        assertThat(client.run("SELECT 1", ",\"session_id\":\"" + id + "\"")
                        .at("/status/state")
                        .asText())
                .isEqualTo("SUCCEEDED");
        assertThat(client.delete("/api/2.0/sql/sessions/" + id + "?warehouse_id=0123456789abcdef")
                        .status())
                .isEqualTo(200);
        Answer closed = client.post(
                STATEMENTS,
                "{\"warehouse_id\":\"0123456789abcdef\",\"statement\":\"SELECT 1\",\"session_id\":\"" + id + "\"}");
        assertThat(closed.status()).isEqualTo(404);
        assertThat(client.post("/api/2.0/sql/warehouses/0123456789abcdef/sessions", "{}")
                        .json()
                        .has("session_id"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{oops|MALFORMED_REQUEST",
                "[]|MALFORMED_REQUEST",
                "{\"warehouse_id\":\"0123456789abcdef\"}|INVALID_PARAMETER_VALUE",
                "{\"statement\":\"SELECT 1\"}|INVALID_PARAMETER_VALUE",
                "{\"statement\":\"SELECT 1\",\"warehouse_id\":\"nope\"}|INVALID_PARAMETER_VALUE",
                "{\"statement\":\"SELECT 1\",\"warehouse_id\":\"0123456789abcdef\",\"wait_timeout\":\"3s\"}|INVALID_PARAMETER_VALUE",
                "{\"statement\":\"SELECT 1\",\"warehouse_id\":\"0123456789abcdef\",\"format\":\"ARROW_STREAM\"}|INVALID_PARAMETER_VALUE",
                "{\"statement\":\"SELECT 1\",\"warehouse_id\":\"0123456789abcdef\",\"disposition\":\"X\"}|INVALID_PARAMETER_VALUE"
            })
    void execute_badRequest_isRefused(String body, String code) {
        Answer answer = client.post(STATEMENTS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error_code").asText()).isEqualTo(code);
        assertThat(answer.json().get("message").asText()).isNotEmpty();
    }

    @Test
    void unknownThings_areNotFound() {
        Answer statement = client.get(STATEMENTS + "/01ee0000-0000-0000-0000-000000000000");
        assertThat(statement.status()).isEqualTo(404);
        assertThat(statement.json().get("error_code").asText()).isEqualTo("NOT_FOUND");
        Answer path = client.get("/api/2.0/no/such/thing");
        assertThat(path.status()).isEqualTo(404);
        assertThat(path.json().get("error_code").asText()).isEqualTo("ENDPOINT_NOT_FOUND");
        assertThat(path.json().get("message").asText()).isEqualTo("No API found for 'GET /no/such/thing'");
    }
}
