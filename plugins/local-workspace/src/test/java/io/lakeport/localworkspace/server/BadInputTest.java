package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send, and what the workspace answers then; afterwards it serves as before. */
class BadInputTest {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";
    private static final String STATEMENTS = "/api/2.0/sql/statements";
    private static final int TIMEOUT_MILLIS = 20_000;
    private static LocalWorkspace workspace;
    private static RawClient client;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory(), WorkspaceOptions.defaults(), DuckEngine::open);
        client = new RawClient(workspace);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @AfterEach
    void stillServes() {
        assertThat(client.get(ME).status()).isEqualTo(200);
        assertThat(client.run("SELECT 1", "").at("/status/state").asText()).isEqualTo("SUCCEEDED");
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", workspace.connection().port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Sends bytes and returns what comes back until the server ends the connection. */
    private static String exchange(String head, int bodyBytes) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(new byte[bodyBytes]);
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException reset) {
            return "";
        }
    }

    @Test
    void answers_ofTheApi_carryTheServicesHeaders() {
        Answer answer = client.get(ME);
        assertThat(answer.raw().headers().firstValue("x-request-id").orElseThrow())
                .hasSize(36);
        assertThat(answer.raw().headers().firstValue("x-databricks-org-id")).hasValue("4711000000000001");
        assertThat(answer.raw().headers().firstValue("server")).hasValue("databricks");
        Answer unknown = new RawClient(workspace.connection().httpUrl(), "").get(ME);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.json().get("error_code").asInt()).isEqualTo(401);
        assertThat(unknown.raw().headers().firstValue("www-authenticate").orElseThrow())
                .startsWith("Bearer");
        assertThat(unknown.raw().headers().firstValue("x-request-id")).isPresent();
        Answer wrong = new RawClient(workspace.connection().httpUrl(), "dapi00").get(ME);
        assertThat(wrong.raw().headers().firstValue("x-databricks-reason-phrase"))
                .hasValue("Invalid access token.");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/2.0/no/such/thing,No API found for 'GET /no/such/thing'",
        "PUT,/api/2.0/sql/statements,No API found for 'PUT /sql/statements'",
        "PATCH,/,No API found for 'PATCH /'",
        "GET,/api/2.0/sql/statements/not-an-id,The statement not-an-id was not found.",
        "DELETE,/api/2.0/sql/sessions/none,Session none was not found."
    })
    void request_ofNothingThatIsThere_isNotFound(String method, String path, String message) {
        Answer answer = client.send(path, r -> r.method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "7", "\"text\"", "[]", "{", "{\"statement\":", "{\"a\":1}x\u0000", "\u00ff\u00fe"})
    void body_thatIsNoObject_isMalformedOrIncomplete(String body) {
        Answer answer = client.post(STATEMENTS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error_code").asText()).matches("MALFORMED_REQUEST|INVALID_PARAMETER_VALUE");
    }

    @Test
    void body_nestedDeeply_isMalformed() {
        Answer answer = client.post(STATEMENTS, "{\"statement\":" + "[".repeat(500_000));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error_code").asText()).isEqualTo("MALFORMED_REQUEST");
    }

    @Test
    void body_announcedTooLarge_isRefusedUnread() throws IOException {
        String answer = exchange("POST " + ME + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 0);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"message\":\"The body of this request may have");
    }

    @Test
    void body_endlessInChunks_isCutOff() throws IOException {
        byte[] chunk = ("100000\r\n" + "x".repeat(0x100000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        int sent = 0;
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + ME + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            while (sent < 200) {
                out.write(chunk);
                sent++;
            }
        } catch (IOException cutOff) {
            assertThat(sent).isBetween(15, 60);
            return;
        }
        assertThat(sent).as("the server took everything").isLessThan(60);
    }

    @Test
    void connection_halfClosedInTheMiddle_isEnded() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("POST /api/2.0/sql/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).doesNotContain("HTTP/1.1 200").doesNotContain("\tat ");
        }
    }

    @Test
    void connections_thatNeverEndTheirRequest_keepNobodyElseWaiting() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                Socket socket = connect();
                socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.ISO_8859_1));
                slow.add(socket);
            }
            assertThat(client.get(ME).status()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void headers_tooManyOrTooLong_endTheConnection() throws IOException {
        StringBuilder many = new StringBuilder("GET " + ME + " HTTP/1.1\r\nHost: x\r\n");
        for (int i = 0; i < 10_000; i++) {
            many.append("X-").append(i).append(": y\r\n");
        }
        assertThat(exchange(many.append("\r\n").toString(), 0)).doesNotContain("200 OK");
        String large = "GET " + ME + " HTTP/1.1\r\nHost: x\r\nX-Large: " + "y".repeat(8 << 20) + "\r\n\r\n";
        assertThat(exchange(large, 0)).doesNotContain("200 OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1",
                "GET",
                "\u0000\u0001\u0002",
                "GET / HTTP/9.9",
                "OPTIONS * HTTP/1.1",
                "GET http://[ HTTP/1.1"
            })
    void requestLine_thatIsNone_endsInAnErrorOrTheConnection(String line) throws IOException {
        String answer = exchange(line + "\r\nHost: x\r\nConnection: close\r\n\r\n", 0);
        assertThat(answer).doesNotContain("200 OK").doesNotContain("\tat ");
    }

    static List<String> megabytes() {
        return List.of(
                "SELECT 1" + " + 1".repeat(250_000),
                "SELECT " + "(".repeat(200_000) + "1" + ")".repeat(200_000),
                "SELECT '" + "x".repeat(1_000_000) + "' AS s",
                "SELECT 'a' IN (" + ("'" + "x".repeat(10_000) + "', ").repeat(100) + "'a')",
                "SELECT '" + "x".repeat(1_000_000),
                "SELECT " + "/*".repeat(400_000) + " 1",
                "SELECT " + "CASE WHEN true THEN ".repeat(30_000) + "1" + " END".repeat(30_000),
                "SELECT " + "a.".repeat(300_000) + "b",
                "SHOW TABLES LIKE '" + "x*".repeat(400_000) + "'",
                "SELECT " + "NOT ".repeat(250_000) + "true",
                "SELECT * FROM " + "(SELECT * FROM ".repeat(30_000) + "t" + ")".repeat(30_000),
                " ".repeat(1_000_000) + "SELECT 1",
                ";".repeat(500_000));
    }

    @ParameterizedTest
    @MethodSource("megabytes")
    void statement_ofAMegabyte_endsWithAResultOrAClass(String sql) {
        JsonNode answer = client.run(sql, "");
        String state = answer.at("/status/state").asText();
        assertThat(state).isIn("SUCCEEDED", "FAILED");
        if (state.equals("FAILED")) {
            String message = answer.at("/status/error/message").asText();
            assertThat(message).startsWith("[").doesNotContain("\tat ").doesNotContain("java.");
            assertThat(answer.at("/status/sql_state").asText()).hasSize(5).isNotEqualTo("XX000");
        }
    }

    @Test
    void connections_threeHundredAtOnce_allGetTheirAnswer() {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String body = "{\"warehouse_id\":\"0123456789abcdef\",\"wait_timeout\":\"50s\",\"statement\":\"SELECT 1\"}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(workspace.connection().httpUrl() + STATEMENTS))
                .header(
                        "Authorization",
                        "Bearer " + workspace.connection().token().reveal())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().body()).contains("\"SUCCEEDED\""));
    }
}
