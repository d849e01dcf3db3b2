package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lakeport.localworkspace.http.ApiException;
import java.util.Optional;

/** Fields of a request body by their type. A value of another type is a malformed request, as the service has it. */
final class BodyFields {
    private BodyFields() {}

    static Optional<String> text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrongType(field, "a string", value);
        }
        return Optional.of(value.textValue());
    }

    /** Returns a whole number; one in quotes too, since JSON of protocol buffers writes 64 bits so. */
    static long number(JsonNode object, String field, long otherwise) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        boolean quoted = value.isTextual() && value.textValue().matches("-?\\d{1,18}");
        if (!quoted && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw wrongType(field, "a whole number", value);
        }
        return quoted ? Long.parseLong(value.textValue()) : value.longValue();
    }

    /** Returns the objects of an array, none when it is missing. */
    static Iterable<JsonNode> objects(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!value.isArray()) {
            throw wrongType(field, "an array", value);
        }
        for (JsonNode element : value) {
            if (!element.isObject()) {
                throw wrongType(field, "an array of objects", element);
            }
        }
        return value;
    }

    private static ApiException wrongType(String field, String expected, JsonNode value) {
        return new ApiException(
                400,
                "MALFORMED_REQUEST",
                "Could not parse request object: expected " + expected + " for the field " + field + ", but got "
                        + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    }
}
