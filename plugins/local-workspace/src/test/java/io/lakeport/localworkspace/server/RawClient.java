package io.lakeport.localworkspace.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** HTTP without any client library of Databricks. */
final class RawClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String token;

    RawClient(LocalWorkspace workspace) {
        this(workspace.connection().httpUrl(), workspace.connection().token().reveal());
    }

    RawClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    record Answer(int status, String text, HttpResponse<byte[]> raw) {
        JsonNode json() {
            try {
                return MAPPER.readTree(text);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + text, e);
            }
        }
    }

    Answer get(String path) {
        return send(path, request -> request.GET());
    }

    Answer post(String path, String body) {
        return send(path, request -> request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer delete(String path) {
        return send(path, request -> request.DELETE());
    }

    Answer send(String path, Consumer<HttpRequest.Builder> change) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        change.accept(request);
        try {
            HttpResponse<byte[]> raw = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(raw.statusCode(), new String(raw.body(), java.nio.charset.StandardCharsets.UTF_8), raw);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    /** Posts a statement and waits for its end. */
    JsonNode run(String sql, String more) {
        String body = "{\"warehouse_id\":\"0123456789abcdef\",\"statement\":" + quote(sql) + more + "}";
        JsonNode answer = post("/api/2.0/sql/statements", body).json();
        for (int i = 0; i < 600 && answer.path("status").path("state").asText().matches("PENDING|RUNNING"); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            answer = get("/api/2.0/sql/statements/" + answer.get("statement_id").asText())
                    .json();
        }
        return answer;
    }

    static String quote(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
