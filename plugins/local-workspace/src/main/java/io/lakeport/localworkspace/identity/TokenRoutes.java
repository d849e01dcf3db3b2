package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.PermissionLevel;
import io.lakeport.localworkspace.access.Permissions;
import io.lakeport.localworkspace.access.WorkspaceSettings;
import io.lakeport.localworkspace.auth.PersonalToken;
import io.lakeport.localworkspace.auth.PersonalTokens;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Personal access tokens: one's own, and everybody's for administrators. */
final class TokenRoutes {
    private static final String OWN = "/api/2.0/token/";
    private static final String MANAGED = "/api/2.0/token-management/tokens";

    private final Callers callers;
    private final Permissions permissions;
    private final WorkspaceSettings settings;

    TokenRoutes(Callers callers, Permissions permissions, WorkspaceSettings settings) {
        this.callers = callers;
        this.permissions = permissions;
        this.settings = settings;
    }

    void addTo(Router router) {
        router.add("POST", OWN + "create", (exchange, path) -> create(exchange));
        router.add("GET", OWN + "list", (exchange, path) -> list(exchange));
        router.add("POST", OWN + "delete", (exchange, path) -> delete(exchange));
        router.add("PATCH", OWN + "{id}", this::update);
        router.add(
                "POST", "/api/2.0/token-management/on-behalf-of/tokens", (exchange, path) -> createForOther(exchange));
        router.add("GET", MANAGED, (exchange, path) -> listAll(exchange));
        router.add("GET", MANAGED + "/{id}", this::getAny);
        router.add("DELETE", MANAGED + "/{id}", this::deleteAny);
    }

    private PersonalTokens tokens() {
        return callers.identities().tokens();
    }

    private void create(Exchange exchange) throws IOException {
        Principal caller = callers.any(exchange);
        permissions.require(caller, ObjectType.AUTHORIZATION, Permissions.TOKENS, PermissionLevel.CAN_USE);
        JsonNode body = Json.readObject(exchange);
        PersonalTokens.Created created =
                tokens().add(caller.id(), caller.id(), body.path("comment").asText(""), lifetime(body), scopes(body));
        answer(exchange, created, own(created.info()));
    }

    private void createForOther(Exchange exchange) throws IOException {
        Principal caller = callers.workspaceAdmin(exchange);
        JsonNode body = Json.readObject(exchange);
        String id = body.path("application_id").asText("");
        Principal owner = callers.identities()
                .find(id)
                .orElseThrow(() -> new ApiException(
                        404, "RESOURCE_DOES_NOT_EXIST", "Service principal " + id + " does not exist."));
        PersonalTokens.Created created =
                tokens().add(owner.id(), caller.id(), body.path("comment").asText(""), lifetime(body), scopes(body));
        answer(exchange, created, managed(created.info()));
    }

    private static void answer(Exchange exchange, PersonalTokens.Created created, ObjectNode info) throws IOException {
        ObjectNode answer = Json.object().put("token_value", created.text().reveal());
        answer.set("token_info", info);
        exchange.addHeader("Cache-Control", "no-store");
        Json.respond(exchange, 200, answer);
    }

    private Optional<Duration> lifetime(JsonNode body) {
        Optional<Duration> longest = settings.tokenDays().map(Duration::ofDays);
        if (!settings.tokensEnabled()) {
            throw new ApiException(404, "FEATURE_DISABLED", "Token API is disabled.");
        }
        if (!body.hasNonNull("lifetime_seconds") || body.get("lifetime_seconds").asLong() == -1) {
            return longest;
        }
        long seconds = body.get("lifetime_seconds").asLong();
        if (seconds <= 0 || longest.filter(most -> seconds > most.toSeconds()).isPresent()) {
            throw ApiException.invalid("lifetime_seconds must be positive"
                    + longest.map(most -> " and at most " + most.toSeconds()).orElse("") + ", but was " + seconds
                    + ".");
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private static List<String> scopes(JsonNode body) {
        List<String> scopes = new ArrayList<>();
        body.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return scopes;
    }

    private static ObjectNode own(PersonalToken token) {
        ObjectNode node = Json.object()
                .put("token_id", token.id())
                .put("creation_time", token.createdAt().toEpochMilli())
                .put(
                        "expiry_time",
                        token.endsAt().map(end -> end.toEpochMilli()).orElse(-1L))
                .put("comment", token.comment());
        if (!token.scopes().isEmpty()) {
            token.scopes().forEach(node.putArray("scopes")::add);
        }
        return node;
    }

    private ObjectNode managed(PersonalToken token) {
        return own(token)
                .put("owner_id", token.ownerId())
                .put("created_by_id", token.creatorId())
                .put("created_by_username", creator(token))
                .put("workspace_id", Long.parseLong(WorkspaceIdentity.WORKSPACE_ID));
    }

    private String creator(PersonalToken token) {
        return callers.identities().find(token.creatorId()).map(Principal::name).orElse("");
    }

    private void list(Exchange exchange) throws IOException {
        Principal caller = callers.any(exchange);
        respond(
                exchange,
                tokens().all().stream()
                        .filter(token -> token.ownerId() == caller.id())
                        .map(TokenRoutes::own)
                        .toList());
    }

    private static void respond(Exchange exchange, List<ObjectNode> tokens) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("token_infos");
        tokens.forEach(array::add);
        Json.respond(exchange, 200, answer);
    }

    private void delete(Exchange exchange) throws IOException {
        Principal caller = callers.any(exchange);
        String id = Json.readObject(exchange).path("token_id").asText("");
        PersonalToken token = tokens().find(id)
                .filter(known -> known.ownerId() == caller.id())
                .orElseThrow(() -> missing(id));
        tokens().remove(token);
        Json.respond(exchange, 200, Json.object());
    }

    /** Changes the comment, the one part of a token that can change here. */
    private void update(Exchange exchange, PathValues path) throws IOException {
        Principal caller = callers.any(exchange);
        PersonalToken token = tokens().find(path.get("id"))
                .filter(known -> known.ownerId() == caller.id())
                .orElseThrow(() -> missing(path.get("id")));
        JsonNode body = Json.readObject(exchange);
        if (!body.path("update_mask").asText("").equals("comment")) {
            throw ApiException.invalid("update_mask must be comment.");
        }
        PersonalToken changed =
                token.withComment(body.path("token").path("comment").asText(""));
        tokens().update(changed);
        ObjectNode answer = Json.object();
        answer.set("token_info", own(changed));
        Json.respond(exchange, 200, answer);
    }

    private static ApiException missing(String id) {
        return new ApiException(404, "RESOURCE_DOES_NOT_EXIST", "Token with ID " + id + " does not exist!");
    }

    private void listAll(Exchange exchange) throws IOException {
        callers.workspaceAdmin(exchange);
        String byId = exchange.query("created_by_id").orElse("");
        String byName = exchange.query("created_by_username").orElse("");
        respond(
                exchange,
                tokens().all().stream()
                        .filter(token -> byId.isEmpty() || byId.equals(String.valueOf(token.creatorId())))
                        .filter(token -> byName.isEmpty() || byName.equals(creator(token)))
                        .map(this::managed)
                        .toList());
    }

    private PersonalToken any(Exchange exchange, PathValues path) {
        callers.workspaceAdmin(exchange);
        return tokens().find(path.get("id")).orElseThrow(() -> missing(path.get("id")));
    }

    private void getAny(Exchange exchange, PathValues path) throws IOException {
        ObjectNode answer = Json.object();
        answer.set("token_info", managed(any(exchange, path)));
        Json.respond(exchange, 200, answer);
    }

    private void deleteAny(Exchange exchange, PathValues path) throws IOException {
        tokens().remove(any(exchange, path));
        Json.respond(exchange, 200, Json.object());
    }
}
