package io.lakeport.localworkspace.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** JSON bodies in both directions. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TYPE = "application/json";

    private Json() {}

    /** Returns a new empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Returns a value as JSON text in UTF-8. */
    public static byte[] bytes(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(value);
    }

    /** Parses any JSON text. */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Parses any JSON text in UTF-8. */
    public static JsonNode parse(byte[] text) throws IOException {
        return MAPPER.readTree(text);
    }

    /** Answers a request with a JSON value. */
    public static void respond(Exchange exchange, int status, Object value) throws IOException {
        exchange.respond(status, TYPE, bytes(value));
    }

    /** Answers a request with JSON text that is ready. */
    public static void respondText(Exchange exchange, int status, byte[] json) throws IOException {
        exchange.respond(status, TYPE, json);
    }

    /**
     * Reads the body of a request as an object.
     *
     * @throws ApiException MALFORMED_REQUEST when it is not one
     */
    public static JsonNode readObject(Exchange exchange) throws IOException {
        JsonNode node;
        try {
            node = MAPPER.readTree(exchange.body());
        } catch (JsonProcessingException e) {
            throw new ApiException(
                    400, "MALFORMED_REQUEST", "Could not parse request object: " + e.getOriginalMessage());
        }
        if (node == null || !node.isObject()) {
            throw new ApiException(
                    400, "MALFORMED_REQUEST", "Could not parse request object: expected a JSON object as the body");
        }
        return node;
    }

    /** Returns the text of a field, empty when it is missing, null or blank. */
    public static Optional<String> text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() || value.asText().isBlank()
                ? Optional.empty()
                : Optional.of(value.asText());
    }
}
