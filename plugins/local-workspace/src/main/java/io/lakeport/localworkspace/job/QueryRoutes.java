package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** The Queries API: queries that people saved. */
public final class QueryRoutes {
    private static final String PATH = "/api/2.0/sql/queries";
    private static final String TRASHED = "TRASHED";

    private final SavedQueries queries;
    private final TokenService tokens;
    private final Clock clock;

    /** Creates the routes. */
    public QueryRoutes(SavedQueries queries, TokenService tokens, Clock clock) {
        this.queries = queries;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("POST", PATH, (exchange, path) -> create(exchange));
        router.add("GET", PATH, (exchange, path) -> list(exchange));
        router.add(
                "GET", PATH + "/{id}", (exchange, path) -> Json.respond(exchange, 200, find(exchange, path.get("id"))));
        router.add("PATCH", PATH + "/{id}", this::update);
        router.add("DELETE", PATH + "/{id}", (exchange, path) -> {
            ObjectNode query = find(exchange, path.get("id"));
            queries.put(path.get("id"), query.put("lifecycle_state", TRASHED));
            Json.respond(exchange, 200, Json.object());
        });
    }

    private void create(Exchange exchange) throws IOException {
        Principal principal = tokens.authenticate(exchange);
        ObjectNode query = Json.object();
        if (Json.readObject(exchange).path("query") instanceof ObjectNode given) {
            query.setAll(given);
        }
        String now = clock.instant().toString();
        query.put("display_name", Json.text(query, "display_name").orElse("New query"))
                .put("owner_user_name", principal.applicationId())
                .put("last_modifier_user_name", principal.applicationId())
                .put("lifecycle_state", "ACTIVE")
                .put("run_as_mode", query.path("run_as_mode").asText("OWNER"))
                .put("create_time", now)
                .put("update_time", now);
        String id = queries.add(query);
        Json.respond(exchange, 200, find(exchange, id));
    }

    private void update(Exchange exchange, PathValues path) throws IOException {
        ObjectNode query = find(exchange, path.get("id"));
        JsonNode body = Json.readObject(exchange);
        List<String> mask = List.of(body.path("update_mask").asText().split(","));
        body.path("query").properties().forEach(field -> {
            if (mask.contains(field.getKey()) || mask.contains("*")) {
                query.set(field.getKey(), field.getValue());
            }
        });
        query.put("update_time", clock.instant().toString());
        queries.put(path.get("id"), query);
        Json.respond(exchange, 200, query);
    }

    private void list(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        List<ObjectNode> active = queries.all().stream()
                .filter(query -> !query.path("lifecycle_state").asText().equals(TRASHED))
                .toList();
        String size = exchange.query("page_size")
                .filter(text -> text.matches("[1-9]\\d{0,3}"))
                .orElse("20");
        String token = exchange.query("page_token")
                .filter(text -> text.matches("\\d{1,9}"))
                .orElse("0");
        int from = Math.min(active.size(), Integer.parseInt(token));
        int to = Math.min(active.size(), from + Integer.parseInt(size));
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("results");
        active.subList(from, to).forEach(results::add);
        if (to < active.size()) {
            answer.put("next_page_token", String.valueOf(to));
        }
        Json.respond(exchange, 200, answer);
    }

    private ObjectNode find(Exchange exchange, String id) {
        tokens.authenticate(exchange);
        return queries.find(id)
                .orElseThrow(
                        () -> new ApiException(404, "RESOURCE_DOES_NOT_EXIST", "Query " + id + " does not exist."));
    }
}
