package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the body of an execute call. The field names and limits are those of the Statement Execution API. */
final class StatementRequestParser {
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,3})s");
    private static final int MAX_WAIT_SECONDS = 50;
    private static final int MIN_WAIT_SECONDS = 5;

    private StatementRequestParser() {}

    static StatementRequest parse(JsonNode body) {
        String onTimeout = Json.text(body, "on_wait_timeout").orElse("CONTINUE");
        if (!onTimeout.equals("CONTINUE") && !onTimeout.equals("CANCEL")) {
            throw unknownValue("on_wait_timeout", onTimeout, "CONTINUE, CANCEL");
        }
        return new StatementRequest(
                required(body, "statement"),
                required(body, "warehouse_id"),
                Json.text(body, "session_id"),
                Json.text(body, "catalog"),
                Json.text(body, "schema"),
                parameters(body.path("parameters")),
                delivery(body),
                waitTimeout(Json.text(body, "wait_timeout").orElse("10s")),
                onTimeout.equals("CANCEL"),
                tags(body.path("query_tags")));
    }

    private static String required(JsonNode body, String field) {
        return Json.text(body, field).orElseThrow(() -> ApiException.invalid("Missing required field: " + field));
    }

    private static Delivery delivery(JsonNode body) {
        Delivery delivery = new Delivery(
                choice(Disposition.class, body, "disposition", Disposition.INLINE),
                choice(ResultFormat.class, body, "format", ResultFormat.JSON_ARRAY),
                choice(Compression.class, body, "result_compression", Compression.NONE),
                limit(body, "row_limit"),
                limit(body, "byte_limit"));
        if (delivery.disposition() == Disposition.INLINE && delivery.format() != ResultFormat.JSON_ARRAY) {
            // The service refuses this combination in these words, say users of its public clients.
            throw ApiException.invalid("The format field must be JSON_ARRAY when the disposition field is INLINE.");
        }
        return delivery;
    }

    private static <E extends Enum<E>> E choice(Class<E> type, JsonNode body, String field, E otherwise) {
        String text = Json.text(body, field).orElse(otherwise.name());
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        throw unknownValue(field, text, List.of(type.getEnumConstants()).toString());
    }

    private static ApiException unknownValue(String field, String value, String known) {
        return ApiException.invalid("Field " + field + " has the unknown value '" + value + "'; expected one of "
                + known.replaceAll("[\\[\\]]", "") + ".");
    }

    private static long limit(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Long.MAX_VALUE;
        }
        long limit = value.asLong(-1);
        if (limit < 0) {
            throw ApiException.invalid("Field " + field + " must be a number that is not negative.");
        }
        // Zero is what clients without a limit send.
        return limit == 0 ? Long.MAX_VALUE : limit;
    }

    private static Duration waitTimeout(String text) {
        Matcher matcher = SECONDS.matcher(text);
        int seconds = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
        if (seconds != 0 && (seconds < MIN_WAIT_SECONDS || seconds > MAX_WAIT_SECONDS)) {
            throw ApiException.invalid(
                    "The wait_timeout must be 0 seconds (disables wait), or between 5 seconds and 50 seconds, but was '"
                            + text + "'.");
        }
        return Duration.ofSeconds(seconds);
    }

    private static List<EngineParameter> parameters(JsonNode array) {
        List<EngineParameter> parameters = new ArrayList<>();
        for (JsonNode node : array) {
            String name = Json.text(node, "name").orElse(null);
            int ordinal = node.path("ordinal").asInt(0);
            if (name == null && ordinal <= 0) {
                ordinal = parameters.size() + 1;
            }
            JsonNode value = node.get("value");
            parameters.add(new EngineParameter(
                    name,
                    name == null ? ordinal : 0,
                    Json.text(node, "type").orElse("STRING"),
                    value == null || value.isNull() ? null : value.asText()));
        }
        return parameters;
    }

    private static Map<String, String> tags(JsonNode array) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonNode node : array) {
            tags.put(
                    Json.text(node, "key").orElseThrow(() -> ApiException.invalid("A query tag needs a key.")),
                    Json.text(node, "value").orElse(""));
        }
        return tags;
    }
}
