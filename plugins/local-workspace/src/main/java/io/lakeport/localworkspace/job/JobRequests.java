package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;

/** What requests of the Jobs API have in common. */
final class JobRequests {
    private JobRequests() {}

    static long id(JsonNode body, String field) {
        String text = body.path(field).asText();
        return parse(field, text);
    }

    static long queryId(Exchange exchange, String field) {
        return parse(field, exchange.query(field).orElse(""));
    }

    private static long parse(String field, String text) {
        if (text.isEmpty()) {
            throw ApiException.invalid("Missing required field: " + field);
        }
        if (!text.matches("-?\\d{1,18}")) {
            throw ApiException.invalid(field + " must be a whole number, but was '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    /** Part of a list, by a token that says where it begins. */
    record Page(int from, int to, int size) {
        ObjectNode addTo(ObjectNode answer) {
            answer.put("has_more", to < size);
            return to < size ? answer.put("next_page_token", String.valueOf(to)) : answer;
        }
    }

    static Page page(Exchange exchange, int usual, int most, int size) {
        int limit = number(exchange, "limit", usual);
        if (limit < 1 || limit > most) {
            throw ApiException.invalid("limit must be from 1 to " + most + ", but was " + limit + ".");
        }
        int from = Math.min(size, number(exchange, "page_token", number(exchange, "offset", 0)));
        return new Page(from, Math.min(size, from + limit), size);
    }

    private static int number(Exchange exchange, String field, int otherwise) {
        String text = exchange.query(field).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw ApiException.invalid("Invalid " + field + ": '" + text + "'.");
        }
        return Integer.parseInt(text);
    }
}
