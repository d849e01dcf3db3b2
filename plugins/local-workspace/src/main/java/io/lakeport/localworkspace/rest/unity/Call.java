package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.governance.Actor;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** One authenticated call and its answer. */
record Call(Exchange exchange, PathValues path, Principal principal, Actor actor) {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;

    /** Returns the name that owners and grants know the caller by. */
    String user() {
        return principal.applicationId();
    }

    JsonNode body() throws IOException {
        return Json.readObject(exchange);
    }

    /** Returns a field of a body that must be there. */
    static String required(JsonNode body, String field) {
        return Json.text(body, field).orElseThrow(() -> ApiException.invalid("Missing required field: " + field));
    }

    /** Returns a query parameter that must be there. */
    String required(String parameter) {
        return exchange.query(parameter)
                .filter(t -> !t.isEmpty())
                .orElseThrow(() -> ApiException.invalid("Missing required field: " + parameter));
    }

    Optional<String> query(String parameter) {
        return exchange.query(parameter).filter(t -> !t.isEmpty());
    }

    boolean flag(String parameter) {
        return exchange.query(parameter).filter("true"::equalsIgnoreCase).isPresent();
    }

    void answer(JsonNode body) throws IOException {
        Json.respond(exchange, 200, body);
    }

    void answerEmpty() throws IOException {
        answer(Json.object());
    }

    /** Answers a list: all of it, or a page of it when the caller asks for pages. */
    void answerPage(String field, List<ObjectNode> all) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray(field);
        Optional<String> asked = query("max_results");
        int from = query("page_token").map(Call::offset).orElse(0);
        int size = asked.map(Call::size).orElse(from > 0 ? PAGE : all.size());
        int to = (int) Math.min(all.size(), (long) from + size);
        all.subList(Math.min(from, to), to).forEach(array::add);
        if (to < all.size()) {
            byte[] token = String.valueOf(to).getBytes(StandardCharsets.UTF_8);
            answer.put(
                    "next_page_token", Base64.getUrlEncoder().withoutPadding().encodeToString(token));
        }
        answer(answer);
    }

    /** Zero asks for pages of the server's choice. */
    private static int size(String text) {
        try {
            int size = Integer.parseInt(text);
            if (size >= 0) {
                return size == 0 ? PAGE : Math.min(size, LONGEST_PAGE);
            }
        } catch (NumberFormatException e) {
            // Told below, like any other text that is no size.
        }
        throw ApiException.invalid("max_results must be a number from 0 to " + LONGEST_PAGE + ", not '" + text + "'");
    }

    private static int offset(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return Math.max(0, Integer.parseInt(text));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("Invalid page_token: '" + token + "'");
        }
    }
}
