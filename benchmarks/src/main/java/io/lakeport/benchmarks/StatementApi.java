package io.lakeport.benchmarks;

import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Statement Execution API with no client between: what is measured through it is the server. Thread-safe. */
final class StatementApi {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern ID = Pattern.compile("\"statement_id\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"([A-Z]+)\"");
    private static final int POLL_MILLIS = 5;

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatorConnection server;

    StatementApi(SimulatorConnection server) {
        this.server = server;
    }

    /**
     * Runs a statement, waits until it succeeded, closes it and returns the last answer.
     *
     * @throws IllegalStateException when it did not succeed
     */
    String run(String sql, String disposition, String format) throws IOException, InterruptedException {
        String compression = format.equals("ARROW_STREAM") ? ",\"result_compression\":\"LZ4_FRAME\"" : "";
        String body = "{\"warehouse_id\":\"" + server.warehouseId() + "\",\"statement\":\"" + sql.replace("\"", "\\\"")
                + "\",\"wait_timeout\":\"30s\",\"disposition\":\"" + disposition + "\",\"format\":\"" + format + "\""
                + compression + "}";
        String answer = send(request("").POST(HttpRequest.BodyPublishers.ofString(body)));
        String id = find(ID, answer);
        while (find(STATE, answer).matches("PENDING|RUNNING")) {
            Thread.sleep(POLL_MILLIS);
            answer = send(request("/" + id).GET());
        }
        if (!find(STATE, answer).equals("SUCCEEDED")) {
            throw new IllegalStateException("The statement did not succeed: " + answer);
        }
        send(request("/" + id).DELETE());
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.httpUrl() + "/api/2.0/sql/statements" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + server.token().reveal())
                .header("Content-Type", "application/json");
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String find(Pattern pattern, String answer) {
        Matcher matcher = pattern.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("The server answered something else: " + answer);
        }
        return matcher.group(1);
    }
}
