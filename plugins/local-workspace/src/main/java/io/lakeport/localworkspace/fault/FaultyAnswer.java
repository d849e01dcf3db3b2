package io.lakeport.localworkspace.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that is given instead of serving the request.
 *
 * @param status HTTP status, 100 to 599
 * @param errorCode Databricks' error code; empty for the usual one of the status
 * @param message text for the client; empty for a usual one
 * @param body how the body is written
 * @param retryAfter the Retry-After header, empty for none
 */
public record FaultyAnswer(
        int status, Optional<String> errorCode, Optional<String> message, Body body, Optional<RetryAfter> retryAfter) {
    private static final Map<Integer, String> CODES = Map.ofEntries(
            Map.entry(400, "BAD_REQUEST"),
            Map.entry(401, "UNAUTHENTICATED"),
            Map.entry(403, "PERMISSION_DENIED"),
            Map.entry(404, "NOT_FOUND"),
            Map.entry(409, "RESOURCE_CONFLICT"),
            Map.entry(429, "REQUEST_LIMIT_EXCEEDED"),
            Map.entry(499, "CANCELLED"),
            Map.entry(500, "INTERNAL_ERROR"),
            Map.entry(501, "NOT_IMPLEMENTED"),
            Map.entry(502, "BAD_GATEWAY"),
            Map.entry(503, "TEMPORARILY_UNAVAILABLE"),
            Map.entry(504, "DEADLINE_EXCEEDED"));

    /** How the body of an answer is written. */
    public enum Body {
        /** Databricks' error body. */
        JSON,
        /** A page, as load balancers and proxies in between send. */
        HTML,
        /** Plain text. */
        TEXT,
        /** The XML of object storage. */
        XML,
        /** JSON that ends in the middle. */
        BROKEN_JSON,
        /** No body. */
        EMPTY
    }

    public FaultyAnswer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be from 200 to 599, but is " + status);
        }
    }

    String code() {
        return errorCode.orElseGet(() -> CODES.getOrDefault(status, "UNKNOWN"));
    }

    private String text() {
        return message.orElse("A fault was planned here: HTTP " + status + ".");
    }

    String contentType() {
        return switch (body) {
            case HTML -> "text/html";
            case TEXT, EMPTY -> "text/plain";
            case XML -> "application/xml";
            default -> "application/json";
        };
    }

    byte[] bytes() {
        String content = switch (body) {
            case JSON -> json();
            case BROKEN_JSON -> json().substring(0, json().length() / 2);
            case HTML ->
                "<html><head><title>" + status + "</title></head><body><h1>" + text() + "</h1></body></html>\n";
            case TEXT -> text() + "\n";
            case XML ->
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code() + "</Code><Message>" + text()
                        + "</Message></Error>";
            case EMPTY -> "";
        };
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private String json() {
        ObjectNode node = Json.object().put("error_code", code()).put("message", text());
        try {
            return new String(Json.bytes(node), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two texts can always be written as JSON", e);
        }
    }
}
