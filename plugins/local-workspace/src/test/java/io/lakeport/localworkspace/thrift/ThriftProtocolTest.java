package io.lakeport.localworkspace.thrift;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Thrift protocol on the wire: what the official driver does not do, but other clients do. */
class ThriftProtocolTest {
    private static final int FINISHED = 2;
    private static final int CANCELED = 3;
    private static final int INVALID_HANDLE = 4;
    private static final int TIMED_OUT = 8;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static LocalWorkspace workspace;
    private static TStruct session;

    @BeforeAll
    static void start() throws Exception {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        session = call("OpenSession", new TStruct().with(2, 42_249)).struct(3);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static HttpResponse<byte[]> post(byte[] body, String token) throws Exception {
        URI path = URI.create(
                workspace.connection().httpUrl() + workspace.connection().httpPath());
        HttpRequest request = HttpRequest.newBuilder(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-thrift")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> post(byte[] body) throws Exception {
        return post(body, workspace.connection().token().reveal());
    }

    /** A reply as the server writes it, turned into a call: another message type, and field 1 instead of field 0. */
    private static byte[] message(String method, TStruct request) {
        byte[] bytes = ThriftWriter.reply(new ThriftMessage(method, 7, new TStruct()), request);
        bytes[3] = 1;
        int field = 4 + 4 + method.length() + 4 + 1;
        return ByteBuffer.wrap(bytes).putShort(field, (short) 1).array();
    }

    /** Returns the body of the answer: field 0 is a result, fields 1 and 2 are those of a TApplicationException. */
    private static TStruct body(byte[] answer) {
        byte[] asCall = answer.clone();
        asCall[3] = 1;
        ThriftMessage message = ThriftReader.readCall(asCall);
        assertThat(message.sequence()).isEqualTo(7);
        return message.body();
    }

    private static TStruct call(String method, TStruct request) throws Exception {
        return body(post(message(method, request)).body()).struct(0);
    }

    private static TStruct execute(String sql, int... capabilities) throws Exception {
        TStruct request = new TStruct().with(1, session).with(2, sql).with(4, true);
        for (int capability : capabilities) {
            request.with(capability, true);
        }
        return call("ExecuteStatement", request).struct(2);
    }

    private static TStruct awaitEnd(TStruct operation) throws Exception {
        TStruct status = call("GetOperationStatus", new TStruct().with(1, operation));
        for (int i = 0; i < 500 && (status.integer(2, 0) == 1 || status.integer(2, 0) == 7); i++) {
            Thread.sleep(20);
            status = call("GetOperationStatus", new TStruct().with(1, operation));
        }
        return status;
    }

    private static TStruct fetch(TStruct operation, int orientation, long maxRows) throws Exception {
        return call(
                "FetchResults",
                new TStruct().with(1, operation).with(2, orientation).with(3, maxRows));
    }

    private static int code(TStruct answer) {
        return answer.struct(1).integer(1, -1);
    }

    private static List<Object> column(TStruct answer, int index, int field) {
        TStruct column = (TStruct) answer.struct(3).list(3).get(index);
        List<Object> values = new ArrayList<>(column.struct(field).list(1));
        byte[] nulls = column.struct(field).bytes(2).orElseThrow();
        for (int i = 0; i < values.size(); i++) {
            boolean isNull = (nulls[i / 8] & 1 << i % 8) != 0;
            values.set(i, isNull ? "NULL" : values.get(i) instanceof byte[] bytes ? text(bytes) : values.get(i));
        }
        return values;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void fetch_byClientWithoutArrow_getsColumnsOfPlainValues() throws Exception {
        TStruct operation = execute("SELECT * FROM VALUES (1, 2L, true, 1.5D, 'a', DATE'2024-02-29',"
                + " TIMESTAMP'2021-01-01 10:00:00.5', 12.30BD, X'0102'),"
                + " (null, null, null, null, null, null, null, null, null) AS t(i, l, b, d, s, day, ts, n, x)");
        assertThat(awaitEnd(operation).integer(2, 0)).isEqualTo(FINISHED);
        TStruct metadata = call("GetResultSetMetadata", new TStruct().with(1, operation));
        assertThat(metadata.integer(1281, -1)).isEqualTo(1);
        TStruct rows = fetch(operation, 0, 100);
        assertThat(column(rows, 0, 4)).containsExactly(1, "NULL");
        assertThat(column(rows, 1, 5)).containsExactly(2L, "NULL");
        assertThat(column(rows, 2, 1)).containsExactly(true, "NULL");
        assertThat(column(rows, 3, 6)).containsExactly(1.5, "NULL");
        assertThat(column(rows, 4, 7)).containsExactly("a", "NULL");
        assertThat(column(rows, 5, 7)).containsExactly("2024-02-29", "NULL");
        assertThat(column(rows, 6, 7)).containsExactly("2021-01-01 10:00:00.5", "NULL");
        assertThat(column(rows, 7, 7)).containsExactly("12.30", "NULL");
        assertThat(column(rows, 8, 8)).containsExactly("\u0001\u0002", "NULL");
        assertThat(rows.flag(2)).isFalse();
    }

    @Test
    void fetch_fewRowsAtATime_movesTheCursorAndBeginsAgain() throws Exception {
        TStruct operation = execute("SELECT id FROM range(10)", 1282, 1283, 1284);
        awaitEnd(operation);
        List<Long> counts = new ArrayList<>();
        List<Boolean> more = new ArrayList<>();
        for (int orientation : new int[] {0, 0, 0, 0, 4}) {
            TStruct answer = fetch(operation, orientation, 4);
            more.add(answer.flag(2));
            counts.add(answer.struct(3).list(1281).stream()
                    .mapToLong(batch -> ((TStruct) batch).number(2, 0))
                    .sum());
        }
        assertThat(counts).containsExactly(4L, 4L, 2L, 0L, 4L);
        assertThat(more).containsExactly(true, true, false, false, true);
    }

    @Test
    void fetch_byClientThatCannotDownload_getsEveryRowInAnswers() throws Exception {
        TStruct operation = execute("SELECT id, repeat('x', 20) AS s FROM range(300000)", 1282, 1284);
        awaitEnd(operation);
        long rows = 0;
        TStruct answer = fetch(operation, 0, 100_000);
        while (true) {
            assertThat(answer.struct(3).list(1282)).isEmpty();
            rows += ((TStruct) answer.struct(3).list(1281).get(0)).number(2, 0);
            if (!answer.flag(2)) {
                break;
            }
            answer = fetch(operation, 0, 100_000);
        }
        assertThat(rows).isEqualTo(300_000);
    }

    @Test
    void fetch_linksWithinMaxBytes_areOneAtLeast() throws Exception {
        TStruct operation = execute("SELECT id, uuid() AS s FROM range(400000)", 1282, 1283);
        awaitEnd(operation);
        TStruct request = new TStruct().with(1, operation).with(2, 0).with(1281, 1L);
        TStruct answer = call("FetchResults", request);
        assertThat(answer.struct(3).list(1282)).hasSize(1);
        assertThat(answer.flag(2)).isTrue();
        assertThat(call("FetchResults", new TStruct().with(1, operation).with(2, 0))
                        .struct(3)
                        .list(1282))
                .hasSize(3);
    }

    @Test
    void metadata_ofNestedTypes_carriesSparksNames() throws Exception {
        TStruct operation =
                execute("SELECT named_struct('a', 1, 'b', array(1.5BD)) AS s, map('k', 2L) AS m, 1 AS i", 1282, 1283);
        awaitEnd(operation);
        byte[] schema = call("GetResultSetMetadata", new TStruct().with(1, operation))
                .bytes(1283)
                .orElseThrow();
        List<Map<String, String>> fields = MessageSerializer.deserializeSchema(
                        new ReadChannel(Channels.newChannel(new ByteArrayInputStream(schema))))
                .getFields()
                .stream()
                .map(field -> field.getMetadata())
                .toList();
        assertThat(fields.get(0).get("Spark:DataType:SqlName")).isEqualTo("STRUCT<a: INT, b: ARRAY<DECIMAL(2,1)>>");
        assertThat(fields.get(0).get("Spark:DataType:JsonType"))
                .startsWith("{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"integer\",")
                .contains("\"type\":\"array\",\"elementType\":\"decimal(2,1)\"");
        assertThat(fields.get(1).get("Spark:DataType:JsonType"))
                .isEqualTo("{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"long\","
                        + "\"valueContainsNull\":true}");
        assertThat(fields.get(2).get("Spark:DataType:JsonType")).isEqualTo("\"integer\"");
    }

    @Test
    void execute_asyncThenCancelled_isCanceled() throws Exception {
        TStruct operation = execute("SELECT count(*) FROM range(1000000) a, range(1000000) b");
        assertThat(call("GetOperationStatus", new TStruct().with(1, operation)).integer(2, 0))
                .isIn(1, 7);
        assertThat(code(call("CancelOperation", new TStruct().with(1, operation))))
                .isZero();
        assertThat(awaitEnd(operation).integer(2, 0)).isEqualTo(CANCELED);
    }

    @Test
    void execute_beyondItsTimeout_isTimedOut() throws Exception {
        TStruct request = new TStruct()
                .with(1, session)
                .with(2, "SELECT count(*) FROM range(1000000) a, range(1000000) b")
                .with(4, true)
                .with(5, 1L);
        TStruct status = awaitEnd(call("ExecuteStatement", request).struct(2));
        assertThat(status.integer(2, 0)).isEqualTo(TIMED_OUT);
        assertThat(status.text(5)).hasValue("Query timed out after 1 seconds");
    }

    @Test
    void execute_directResultsOfSmallQuery_closeTheOperation() throws Exception {
        TStruct request = new TStruct()
                .with(1, session)
                .with(2, "SELECT 1")
                .with(1281, new TStruct().with(1, 100L).with(2, 1_000_000L))
                .with(1282, true);
        TStruct answer = call("ExecuteStatement", request);
        assertThat(answer.struct(1281).has(4)).isTrue();
        TStruct closed = call("GetOperationStatus", new TStruct().with(1, answer.struct(2)));
        assertThat(closed.integer(2, -1)).isEqualTo(4);
    }

    @Test
    void metadataCalls_withoutDirectResults_arePagedByMaxRows() throws Exception {
        TStruct types = call("GetTypeInfo", new TStruct().with(1, session)).struct(2);
        assertThat(awaitEnd(types).integer(2, 0)).isEqualTo(FINISHED);
        TStruct first = fetch(types, 0, 5);
        assertThat(column(first, 0, 7)).containsExactly("VOID", "BOOLEAN", "TINYINT", "SMALLINT", "INT");
        assertThat(column(first, 1, 4)).containsExactly(0, 16, -6, 5, 4);
        assertThat(column(first, 7, 1)).containsOnly(false);
        assertThat(first.flag(2)).isTrue();
        TStruct rest = fetch(types, 0, 100);
        assertThat(column(rest, 0, 7)).contains("STRING", "STRUCT").doesNotContain("INT");
        assertThat(rest.flag(2)).isFalse();
        assertThat(column(fetch(types, 0, 100), 0, 7)).isEmpty();
        assertThat(code(call("CloseOperation", new TStruct().with(1, types)))).isZero();
        assertThat(code(fetch(types, 0, 100))).isEqualTo(INVALID_HANDLE);
    }

    @Test
    void getInfo_ofNameAndVersion_isSparks() throws Exception {
        TStruct name = call("GetInfo", new TStruct().with(1, session).with(2, 17));
        assertThat(name.struct(2).text(1)).hasValue("Spark SQL");
        assertThat(code(call("GetInfo", new TStruct().with(1, session).with(2, 99_999))))
                .isEqualTo(3);
    }

    @Test
    void handles_unknown_areInvalidInTheServicesWords() throws Exception {
        String id = UUID.randomUUID().toString();
        TStruct status = call("GetOperationStatus", new TStruct().with(1, Handles.operation(id, 0, true)));
        assertThat(code(status)).isEqualTo(INVALID_HANDLE);
        assertThat(status.struct(1).text(5))
                .hasValue("Invalid OperationHandle: OperationHandle [opType=EXECUTE_STATEMENT,"
                        + " getHandleIdentifier()=" + id + "]");
        TStruct execute = call(
                "ExecuteStatement", new TStruct().with(1, Handles.session(id)).with(2, "SELECT 1"));
        assertThat(execute.struct(1).text(5)).hasValue("Invalid SessionHandle: SessionHandle [" + id + "]");
    }

    @Test
    void method_unknown_isAnApplicationException() throws Exception {
        TStruct error = body(post(message("GetDelegationToken", new TStruct())).body());
        assertThat(error.text(1)).hasValue("Invalid method name: 'GetDelegationToken'");
        assertThat(error.integer(2, 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 11, 20, 40})
    void body_truncated_isRefused(int length) throws Exception {
        byte[] whole =
                message("ExecuteStatement", new TStruct().with(1, session).with(2, "SELECT 1"));
        HttpResponse<byte[]> answer = post(Arrays.copyOf(whole, length));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer.body())).contains("MALFORMED_REQUEST").doesNotContain("\tat ");
    }

    @Test
    void body_ofFieldsOfOtherTypes_isAnErrorNotAFailure() throws Exception {
        TStruct wrong = new TStruct().with(1, "not a handle").with(2, 5).with(1288, TList.of(TType.I32, List.of(1)));
        assertThat(code(call("ExecuteStatement", wrong))).isEqualTo(3);
        TStruct badParameters =
                new TStruct().with(1, session).with(2, "SELECT 1").with(1288, TList.of(TType.I32, List.of(1)));
        assertThat(code(call("ExecuteStatement", badParameters))).isEqualTo(3);
    }

    @Test
    void token_wrong_isToldInTheHeaderThatClientsRead() throws Exception {
        HttpResponse<byte[]> answer = post(message("OpenSession", new TStruct()), "dapi0000");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("X-Thriftserver-Error-Message")).hasValue("Invalid access token.");
    }

    @Test
    void session_closed_cancelsItsStatements() throws Exception {
        TStruct own = call("OpenSession", new TStruct().with(2, 42_249)).struct(3);
        TStruct request = new TStruct()
                .with(1, own)
                .with(2, "SELECT count(*) FROM range(1000000) a, range(1000000) b")
                .with(4, true);
        TStruct operation = call("ExecuteStatement", request).struct(2);
        assertThat(code(call("CloseSession", new TStruct().with(1, own)))).isZero();
        assertThat(awaitEnd(operation).integer(2, 0)).isEqualTo(CANCELED);
    }
}
