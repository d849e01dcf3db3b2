package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.auth.OAuthApps;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The account's applications: custom ones to register, and the published ones, which every client finds enabled. */
final class AppRoutes {
    private static final String ROOT = "/api/2.0/accounts/{account}/oauth2/";
    private static final String CUSTOM = ROOT + "custom-app-integrations";
    private static final List<String> CHANGEABLE =
            List.of("redirect_urls", "scopes", "user_authorized_scopes", "token_access_policy");

    private final Callers callers;
    private final Clock clock;

    AppRoutes(Callers callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.add("POST", CUSTOM, this::create);
        router.add("GET", CUSTOM, this::list);
        router.add("GET", CUSTOM + "/{id}", this::get);
        router.add("PATCH", CUSTOM + "/{id}", this::update);
        router.add("DELETE", CUSTOM + "/{id}", this::delete);
        router.add("GET", ROOT + "published-apps", this::published);
    }

    private OAuthApps apps() {
        return callers.identities().apps();
    }

    private void create(Exchange exchange, PathValues path) throws IOException {
        Principal caller = callers.accountAdmin(exchange, path);
        JsonNode body = Json.readObject(exchange);
        ObjectNode app = Json.object()
                .put("name", required(body, "name"))
                .put("confidential", body.path("confidential").asBoolean())
                .put("create_time", clock.instant().toString())
                .put("created_by", caller.id())
                .put("creator_username", caller.name());
        if (body.path("redirect_urls").isEmpty()) {
            throw ApiException.invalid("redirect_urls must name a URL at least.");
        }
        copy(body, app);
        Optional<Secret> secret = apps().add(app);
        ObjectNode answer = Json.object()
                .put("integration_id", app.path("integration_id").asText())
                .put("client_id", app.path("client_id").asText());
        secret.ifPresent(text -> answer.put("client_secret", text.reveal()));
        exchange.addHeader("Cache-Control", "no-store");
        Json.respond(exchange, 200, answer);
    }

    private static String required(JsonNode body, String field) {
        return Json.text(body, field).orElseThrow(() -> ApiException.invalid("Missing required field: " + field));
    }

    private static void copy(JsonNode body, ObjectNode app) {
        for (String field : CHANGEABLE) {
            if (body.hasNonNull(field)) {
                app.set(field, body.get(field));
            }
        }
        OAuthApps.requireValid(app);
    }

    private void list(Exchange exchange, PathValues path) throws IOException {
        callers.accountAdmin(exchange, path);
        boolean creators = exchange.query("include_creator_username").orElse("").equals("true");
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("apps");
        apps().all().forEach(app -> {
            if (!creators) {
                app.remove("creator_username");
            }
            array.add(app);
        });
        Json.respond(exchange, 200, answer);
    }

    private void get(Exchange exchange, PathValues path) throws IOException {
        callers.accountAdmin(exchange, path);
        Json.respond(exchange, 200, apps().find(path.get("id")).orElseThrow(() -> missing(path)));
    }

    private static ApiException missing(PathValues path) {
        return new ApiException(
                404, "RESOURCE_DOES_NOT_EXIST", "OAuth custom app integration " + path.get("id") + " does not exist.");
    }

    private void update(Exchange exchange, PathValues path) throws IOException {
        callers.accountAdmin(exchange, path);
        ObjectNode changes = Json.object();
        copy(Json.readObject(exchange), changes);
        if (!apps().update(path.get("id"), changes)) {
            throw missing(path);
        }
        Json.respond(exchange, 200, Json.object());
    }

    private void delete(Exchange exchange, PathValues path) throws IOException {
        callers.accountAdmin(exchange, path);
        if (!apps().remove(path.get("id"))) {
            throw missing(path);
        }
        Json.respond(exchange, 200, Json.object());
    }

    private void published(Exchange exchange, PathValues path) throws IOException {
        callers.accountAdmin(exchange, path);
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("apps");
        for (String client : OAuthApps.BUILT_IN) {
            ObjectNode app = array.addObject()
                    .put("app_id", client)
                    .put("client_id", client)
                    .put("name", client)
                    .put("is_confidential_client", false);
            app.putArray("redirect_urls").add("http://localhost:8020");
            app.putArray("scopes").add("all-apis").add("offline_access");
        }
        Json.respond(exchange, 200, answer);
    }
}
