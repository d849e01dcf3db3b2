package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.StatementParameterListItem;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Statement Execution API against its documentation: formats, limits, ends and the fields of requests. */
@Proves(value = "Statement lifecycle", client = "Java SDK 0.141.0")
class StatementLifecycleTest {
    private static final String STATEMENTS = "/api/2.0/sql/statements";
    private static final AtomicLong AHEAD = new AtomicLong();
    private static LocalWorkspace workspace;
    private static RawClient client;

    @BeforeAll
    static void start() {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return Instant.now().plusSeconds(AHEAD.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        workspace = LocalWorkspace.start(
                SimulatorSettings.inMemory(), WorkspaceOptions.defaults().withClock(clock), DuckEngine::open);
        client = new RawClient(workspace);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static Answer post(String sql, String more) {
        return client.post(
                STATEMENTS,
                "{\"warehouse_id\":\"0123456789abcdef\",\"statement\":" + RawClient.quote(sql) + more + "}");
    }

    private static String path(JsonNode statement) {
        return STATEMENTS + "/" + statement.get("statement_id").asText();
    }

    @Test
    void csv_ofSeveralChunks_hasItsHeaderInTheFirstOnly() {
        JsonNode answer = client.run(
                "SELECT id, 'a,\"b\"' AS s, null AS n FROM range(130000)",
                ",\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"CSV\"");
        assertThat(chunk(answer, 0)).startsWith("id,s,n\n0,\"a,\"\"b\"\"\",null\n1,");
        assertThat(chunk(answer, 1)).startsWith("122880,");
        assertThat(answer.at("/manifest/format").asText()).isEqualTo("CSV");
    }

    private static String chunk(JsonNode answer, int index) {
        String link = client.get(path(answer) + "/result/chunks/" + index)
                .json()
                .at("/external_links/0/external_link")
                .asText();
        return new RawClient(workspace.connection().httpUrl(), "").get(link).text();
    }

    @Test
    void hybrid_ofCsv_travelsByLinks() {
        JsonNode answer =
                client.run("SELECT 1 AS x", ",\"disposition\":\"INLINE_OR_EXTERNAL_LINKS\",\"format\":\"CSV\"");
        assertThat(chunk(answer, 0)).isEqualTo("x\n1\n");
        assertThat(answer.at("/result/external_links").size()).isOne();
    }

    @Test
    void wait_ofZeroSecondsWithCancel_isAsynchronous() {
        JsonNode started = post(
                        "SELECT count(*) FROM range(30000000)",
                        ",\"wait_timeout\":\"0s\",\"on_wait_timeout\":\"CANCEL\"")
                .json();
        assertThat(started.at("/status/state").asText()).isIn("PENDING", "RUNNING");
        JsonNode ended = started;
        while (ended.at("/status/state").asText().matches("PENDING|RUNNING")) {
            ended = client.get(path(started)).json();
        }
        assertThat(ended.at("/status/state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void byteLimit_ofLinks_truncatesAndSaysSo() {
        JsonNode answer = client.run(
                "SELECT id FROM range(300000)",
                ",\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"JSON_ARRAY\",\"byte_limit\":\"1500000\"");
        assertThat(answer.at("/manifest/truncated").asBoolean()).isTrue();
        assertThat(answer.at("/manifest/total_row_count").asInt()).isBetween(100_000, 250_000);
    }

    @Test
    void result_withoutRowsOrColumns_hasNoChunks() {
        JsonNode empty = client.run("SELECT 1 AS x WHERE false", "");
        assertThat(empty.at("/manifest/schema/column_count").asInt()).isOne();
        assertThat(empty.at("/manifest/total_chunk_count").asInt()).isZero();
        assertThat(empty.at("/manifest/total_row_count").asInt()).isZero();
        JsonNode ddl = client.run("CREATE OR REPLACE TABLE ddl_only (a INT)", "");
        assertThat(ddl.at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(ddl.at("/manifest/schema/column_count").asInt()).isZero();
        assertThat(ddl.get("result").isEmpty()).isTrue();
        assertThat(client.get(path(empty) + "/result/chunks/0").status()).isEqualTo(400);
    }

    @Test
    void close_ofAFailedOne_staysFailed() {
        JsonNode failed = client.run("SELECT * FROM no_such_table", "");
        assertThat(client.delete(path(failed)).status()).isEqualTo(200);
        assertThat(client.get(path(failed)).json().at("/status/state").asText()).isEqualTo("FAILED");
    }

    @Test
    void catalogAndSchema_ofARequest_areCurrent() {
        client.run("CREATE SCHEMA IF NOT EXISTS main.other", "");
        JsonNode answer =
                client.run("SELECT current_catalog(), current_schema()", ",\"catalog\":\"main\",\"schema\":\"other\"");
        assertThat(answer.at("/result/data_array/0").toString()).isEqualTo("[\"main\",\"other\"]");
        JsonNode wrong = client.run("SELECT 1", ",\"catalog\":\"nowhere\"");
        assertThat(wrong.at("/status/error/message").asText()).contains("nowhere");
    }

    @Test
    void time_goesBy_endsResultsAndIdleSessions() {
        JsonNode answer = client.run("SELECT 1", "");
        String session = client.post("/api/2.0/sql/sessions", "{\"warehouse_id\":\"0123456789abcdef\"}")
                .json()
                .get("session_id")
                .asText();
        String inSession = ",\"session_id\":\"" + session + "\"";
        AHEAD.addAndGet(Duration.ofMinutes(40).toSeconds());
        assertThat(client.get(path(answer)).status()).isEqualTo(200);
        assertThat(post("SELECT 1", inSession).status()).isEqualTo(200);
        AHEAD.addAndGet(Duration.ofMinutes(40).toSeconds());
        Answer gone = client.get(path(answer));
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.json().get("error_code").asText()).isEqualTo("NOT_FOUND");
        assertThat(post("SELECT 1", inSession).status()).isEqualTo(200);
        AHEAD.addAndGet(Duration.ofMinutes(80).toSeconds());
        assertThat(post("SELECT 1", inSession).status()).isEqualTo(404);
    }

    @Test
    void statement_beyond16MiB_isRefusedAndBelowItRuns() {
        String comment = "x".repeat(16 << 20);
        Answer refused = post("SELECT 1 -- " + comment, "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error_code").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(post("SELECT 1 -- " + comment.substring(1 << 20), "")
                        .json()
                        .at("/status/state")
                        .asText())
                .isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",\"row_limit\":\"many\"|MALFORMED_REQUEST",
                ",\"row_limit\":-1|INVALID_PARAMETER_VALUE",
                ",\"row_limit\":1.5|MALFORMED_REQUEST",
                ",\"byte_limit\":{}|MALFORMED_REQUEST",
                ",\"parameters\":\"x\"|MALFORMED_REQUEST",
                ",\"parameters\":[1]|MALFORMED_REQUEST",
                ",\"parameters\":[{\"name\":\"a\",\"value\":[]}]|MALFORMED_REQUEST",
                ",\"parameters\":[{\"name\":\"a\"},{\"name\":\"A\"}]|INVALID_PARAMETER_VALUE",
                ",\"parameters\":[{\"name\":\"a\"},{\"ordinal\":1}]|INVALID_PARAMETER_VALUE",
                ",\"query_tags\":[{}]|INVALID_PARAMETER_VALUE",
                ",\"query_tags\":{\"a\":1}|MALFORMED_REQUEST",
                ",\"catalog\":7|MALFORMED_REQUEST",
                ",\"wait_timeout\":\"51s\"|INVALID_PARAMETER_VALUE",
                ",\"wait_timeout\":\"4s\"|INVALID_PARAMETER_VALUE",
                ",\"wait_timeout\":10|MALFORMED_REQUEST",
                ",\"on_wait_timeout\":\"STOP\"|INVALID_PARAMETER_VALUE",
                ",\"format\":\"CSV\"|INVALID_PARAMETER_VALUE",
                ",\"format\":\"PARQUET\"|INVALID_PARAMETER_VALUE",
                ",\"result_compression\":\"ZSTD\"|INVALID_PARAMETER_VALUE"
            })
    void request_wrongField_isRefusedByItsCode(String more, String code) {
        Answer answer = post("SELECT 1", more);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error_code").asText()).isEqualTo(code);
    }

    @Test
    void parameters_throughTheSdk_haveTheirTypes() {
        WorkspaceClient sdk = sdk();
        StatementResponse answer = sdk.statementExecution()
                .executeStatement(request("SELECT :i + 1, :s, typeof(:d), :n IS NULL, :t")
                        .setParameters(List.of(
                                parameter("i", "INT", "41"),
                                parameter("s", null, "O'Brien"),
                                parameter("d", "DECIMAL(10,2)", "1.5"),
                                parameter("n", "DATE", null),
                                parameter("t", "TIMESTAMP", "2024-02-29T10:00:00Z"))));
        assertThat(answer.getResult().getDataArray().iterator().next())
                .containsExactly("42", "O'Brien", "decimal(10,2)", "true", "2024-02-29T10:00:00.000Z");
        StatementResponse wrong = sdk.statementExecution()
                .executeStatement(request("SELECT :i").setParameters(List.of(parameter("i", "INT", "abc"))));
        assertThat(wrong.getStatus().getState()).isEqualTo(StatementState.FAILED);
        assertThat(wrong.getStatus().getError().getMessage()).startsWith("[CAST_INVALID_INPUT]");
        StatementResponse missing = sdk.statementExecution().executeStatement(request("SELECT :i"));
        assertThat(missing.getStatus().getError().getMessage()).startsWith("[UNBOUND_SQL_PARAMETER]");
    }

    private static WorkspaceClient sdk() {
        SimulatorConnection c = workspace.connection();
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(c.httpUrl().toString())
                .setAuthType("pat")
                .setToken(c.token().reveal()));
    }

    private static ExecuteStatementRequest request(String sql) {
        return new ExecuteStatementRequest()
                .setStatement(sql)
                .setWarehouseId(workspace.connection().warehouseId());
    }

    private static StatementParameterListItem parameter(String name, String type, String value) {
        return new StatementParameterListItem().setName(name).setType(type).setValue(value);
    }

    @Test
    void driver_inItsBoundedForm_readsEveryRow() throws SQLException {
        SimulatorConnection c = workspace.connection();
        try (Connection connection = DriverManager.getConnection("jdbc:databricks://localhost:" + c.port()
                        + "/default;ssl=0;AuthMech=3;UID=token;PWD=" + c.token().reveal() + ";httpPath="
                        + c.httpPath() + ";UseThriftClient=0;EnableTelemetry=0;UseBoundedSeaApi=1;"
                        + "EnableThriftNativeMetadata=0");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, uuid() AS s FROM range(400000)")) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
            }
            assertThat(sum).isEqualTo(400_000L * 399_999 / 2);
        }
    }
}
