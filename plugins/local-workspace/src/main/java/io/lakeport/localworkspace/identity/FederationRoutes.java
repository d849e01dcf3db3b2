package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.FederationPolicies;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Federation policies of the account and of service principals. */
final class FederationRoutes {
    private static final String ACCOUNT = "/api/2.0/accounts/{account}/federationPolicies";
    private static final String PRINCIPAL = "/api/2.0/accounts/{account}/servicePrincipals/{sp}/federationPolicies";

    private final Callers callers;
    private final Clock clock;

    FederationRoutes(Callers callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
    }

    void addTo(Router router) {
        for (String root : List.of(ACCOUNT, PRINCIPAL)) {
            boolean ofPrincipal = root.equals(PRINCIPAL);
            router.add("POST", root, (exchange, path) -> create(exchange, owner(exchange, path, ofPrincipal)));
            router.add("GET", root, (exchange, path) -> list(exchange, owner(exchange, path, ofPrincipal)));
            router.add("GET", root + "/{id}", (exchange, path) -> {
                Optional<Long> owner = owner(exchange, path, ofPrincipal);
                Json.respond(exchange, 200, find(owner, path.get("id")));
            });
            router.add("PATCH", root + "/{id}", (exchange, path) -> {
                Optional<Long> owner = owner(exchange, path, ofPrincipal);
                update(exchange, owner, find(owner, path.get("id")));
            });
            router.add("DELETE", root + "/{id}", (exchange, path) -> {
                Optional<Long> owner = owner(exchange, path, ofPrincipal);
                find(owner, path.get("id"));
                policies().remove(owner, path.get("id"));
                Json.respond(exchange, 200, Json.object());
            });
        }
    }

    private FederationPolicies policies() {
        return callers.identities().federation();
    }

    private Optional<Long> owner(Exchange exchange, PathValues path, boolean ofPrincipal) {
        callers.accountAdmin(exchange, path);
        if (!ofPrincipal) {
            return Optional.empty();
        }
        Optional<Long> id = ScimReader.number(path.get("sp"))
                .filter(number -> callers.directory()
                        .find(number)
                        .filter(entry -> entry.kind() == PrincipalKind.SERVICE_PRINCIPAL)
                        .isPresent());
        if (id.isEmpty()) {
            throw new ApiException(
                    404, "RESOURCE_DOES_NOT_EXIST", "Service principal " + path.get("sp") + " does not exist.");
        }
        return id;
    }

    private ObjectNode find(Optional<Long> owner, String id) {
        return policies()
                .find(owner, id)
                .orElseThrow(() -> new ApiException(
                        404, "RESOURCE_DOES_NOT_EXIST", "Federation policy " + id + " does not exist."));
    }

    private void create(Exchange exchange, Optional<Long> owner) throws IOException {
        JsonNode body = Json.readObject(exchange);
        String id = exchange.query("policy_id")
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> UUID.randomUUID().toString());
        if (!id.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw ApiException.invalid("policy_id must consist of lowercase letters, digits and hyphens.");
        }
        if (policies().find(owner, id).isPresent()) {
            throw new ApiException(409, "RESOURCE_ALREADY_EXISTS", "Federation policy " + id + " already exists.");
        }
        String prefix = "accounts/" + WorkspaceIdentity.ACCOUNT_ID
                + owner.map(sp -> "/servicePrincipals/" + sp).orElse("");
        ObjectNode policy = Json.object()
                .put("name", prefix + "/federationPolicies/" + id)
                .put("policy_id", id)
                .put("uid", UUID.randomUUID().toString())
                .put("create_time", clock.instant().toString())
                .put("update_time", clock.instant().toString())
                .put("description", body.path("description").asText(""));
        owner.ifPresent(sp -> policy.put("service_principal_id", sp));
        policy.set("oidc_policy", body.path("oidc_policy").deepCopy());
        keep(owner, policy);
        Json.respond(exchange, 200, policy);
    }

    private void keep(Optional<Long> owner, ObjectNode policy) {
        JsonNode oidc = policy.path("oidc_policy");
        if (!oidc.path("issuer").asText("").matches("https?://\\S+")) {
            throw ApiException.invalid("oidc_policy.issuer must be a URL.");
        }
        if (owner.isPresent() && oidc.path("subject").asText("").isEmpty()) {
            throw ApiException.invalid("oidc_policy.subject is required in a policy of a service principal.");
        }
        if (owner.isEmpty() && oidc.hasNonNull("subject")) {
            throw ApiException.invalid("oidc_policy.subject is not allowed in a policy of the account.");
        }
        try {
            if (oidc.hasNonNull("jwks_json")
                    && !Json.parse(oidc.get("jwks_json").asText()).path("keys").isArray()) {
                throw ApiException.invalid("oidc_policy.jwks_json must be a JSON web key set.");
            }
        } catch (JsonProcessingException e) {
            throw ApiException.invalid("oidc_policy.jwks_json must be JSON.");
        }
        policies().put(owner, policy.path("policy_id").asText(), policy);
    }

    private void list(Exchange exchange, Optional<Long> owner) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("policies");
        policies().all(owner).forEach(array::add);
        Json.respond(exchange, 200, answer);
    }

    private void update(Exchange exchange, Optional<Long> owner, ObjectNode policy) throws IOException {
        JsonNode body = Json.readObject(exchange);
        for (String field : List.of("description", "oidc_policy")) {
            if (body.hasNonNull(field)) {
                policy.set(field, body.get(field));
            }
        }
        policy.put("update_time", clock.instant().toString());
        keep(owner, policy);
        Json.respond(exchange, 200, policy);
    }
}
