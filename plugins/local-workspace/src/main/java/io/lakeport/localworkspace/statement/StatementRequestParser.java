package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the body of an execute call. The field names and limits are those of the Statement Execution API. */
final class StatementRequestParser {
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,3})s");
    /** 16 MiB, as the API's documentation has it. */
    private static final int MAX_STATEMENT_BYTES = 16 << 20;

    private static final int MAX_WAIT_SECONDS = 50;
    private static final int MIN_WAIT_SECONDS = 5;

    private StatementRequestParser() {}

    static StatementRequest parse(JsonNode body) {
        String onTimeout = text(body, "on_wait_timeout").orElse("CONTINUE");
        if (!onTimeout.equals("CONTINUE") && !onTimeout.equals("CANCEL")) {
            throw unknownValue("on_wait_timeout", onTimeout, "CONTINUE, CANCEL");
        }
        return new StatementRequest(
                statement(body),
                required(body, "warehouse_id"),
                text(body, "session_id"),
                text(body, "catalog"),
                text(body, "schema"),
                ParameterFields.parse(body),
                delivery(body),
                waitTimeout(text(body, "wait_timeout").orElse("10s")),
                onTimeout.equals("CANCEL"),
                TagFields.parse(body));
    }

    private static String required(JsonNode body, String field) {
        return text(body, field).orElseThrow(() -> ApiException.invalid("Missing required field: " + field));
    }

    private static Optional<String> text(JsonNode body, String field) {
        Optional<String> text = BodyFields.text(body, field);
        return text.filter(value -> !value.isBlank());
    }

    private static String statement(JsonNode body) {
        String sql = required(body, "statement");
        // Only a text of a third of the limit can have more bytes than the limit.
        if (sql.length() > MAX_STATEMENT_BYTES / 3
                && sql.getBytes(StandardCharsets.UTF_8).length > MAX_STATEMENT_BYTES) {
            throw ApiException.invalid("The statement text must have at most " + MAX_STATEMENT_BYTES + " bytes.");
        }
        return sql;
    }

    private static Delivery delivery(JsonNode body) {
        Delivery delivery = new Delivery(
                choice(Disposition.class, body, "disposition", Disposition.INLINE),
                choice(ResultFormat.class, body, "format", ResultFormat.JSON_ARRAY),
                choice(Compression.class, body, "result_compression", Compression.NONE),
                limit(body, "row_limit"),
                byteLimit(body));
        if (delivery.disposition() == Disposition.INLINE && delivery.format() != ResultFormat.JSON_ARRAY) {
            // The service refuses this combination in these words, say users of its public clients.
            throw ApiException.invalid("The format field must be JSON_ARRAY when the disposition field is INLINE.");
        }
        return delivery;
    }

    private static <E extends Enum<E>> E choice(Class<E> type, JsonNode body, String field, E otherwise) {
        String text = text(body, field).orElse(otherwise.name());
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

    /** Links lead to 100 GiB at most, as the API's documentation has it. */
    private static long byteLimit(JsonNode body) {
        long limit = limit(body, "byte_limit");
        boolean inline = text(body, "disposition").orElse("INLINE").equals("INLINE");
        return inline ? limit : Math.min(limit, Delivery.LINKS_LIMIT);
    }

    private static long limit(JsonNode body, String field) {
        long limit = BodyFields.number(body, field, 0);
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
}
