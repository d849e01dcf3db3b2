package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Form;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** OIDC discovery and the token endpoint; none of them needs a token. */
public final class OidcRoutes {
    private final Identities identities;
    private final TokenService tokens;

    /** Creates the routes. */
    public OidcRoutes(Identities identities, TokenService tokens) {
        this.identities = identities;
        this.tokens = tokens;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        Handler discovery = (exchange, path) -> Json.respond(exchange, 200, discovery(exchange.base()));
        router.add("GET", "/oidc/.well-known/oauth-authorization-server", discovery);
        router.add("GET", "/oidc/.well-known/openid-configuration", discovery);
        router.add(
                "GET",
                "/.well-known/databricks-config",
                (exchange, path) -> Json.respond(exchange, 200, configuration(exchange.base())));
        router.add(
                "GET",
                "/oidc/jwks.json",
                (exchange, path) -> Json.respond(exchange, 200, tokens.signer().keySet()));
        router.add("POST", "/oidc/v1/token", (exchange, path) -> token(exchange));
    }

    private static ObjectNode discovery(String base) {
        ObjectNode document = Json.object()
                .put("issuer", base + "/oidc")
                .put("authorization_endpoint", base + "/oidc/v1/authorize")
                .put("token_endpoint", base + "/oidc/v1/token")
                .put("jwks_uri", base + "/oidc/jwks.json");
        document.putArray("scopes_supported").add("all-apis").add("sql").add("offline_access");
        document.putArray("response_types_supported").add("code");
        document.putArray("grant_types_supported").add("client_credentials");
        document.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_basic")
                .add("client_secret_post");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        return document;
    }

    private static ObjectNode configuration(String base) {
        return Json.object()
                .put("oidc_endpoint", base + "/oidc")
                .put("account_id", WorkspaceIdentity.ACCOUNT_ID)
                .put("workspace_id", WorkspaceIdentity.WORKSPACE_ID)
                .put("cloud", "AWS");
    }

    private void token(Exchange exchange) throws IOException {
        Form form = Form.read(exchange);
        String grant = form.value("grant_type").orElse("");
        if (grant.isEmpty()) {
            refuse(exchange, 400, "invalid_request", "The parameter grant_type is missing");
        } else if (!grant.equals("client_credentials")) {
            refuse(exchange, 400, "unsupported_grant_type", "The grant type " + grant + " is not supported");
        } else {
            clientCredentials(exchange, form);
        }
    }

    private void clientCredentials(Exchange exchange, Form form) throws IOException {
        String[] client = basic(exchange).orElseGet(() -> new String[] {
            form.value("client_id").orElse(""), form.value("client_secret").orElse("")
        });
        SecretCheck check = identities.check(client[0], client[1]);
        Optional<Principal> principal = identities.find(client[0]);
        if (check != SecretCheck.VALID || principal.isEmpty()) {
            exchange.addHeader("WWW-Authenticate", "Basic realm=\"Databricks\"");
            refuse(exchange, 401, check.error(), check.description());
            return;
        }
        String scope = form.value("scope").orElse("all-apis");
        ObjectNode answer = Json.object()
                .put("access_token", tokens.issue(principal.get(), scope, exchange.base() + "/oidc"))
                .put("scope", scope)
                .put("token_type", "Bearer")
                .put("expires_in", tokens.lifetime().toSeconds());
        exchange.addHeader("Cache-Control", "no-store");
        Json.respond(exchange, 200, answer);
    }

    /** Reads client id and secret from the Authorization header, where RFC 6749 prefers them. */
    private static Optional<String[]> basic(Exchange exchange) {
        Optional<String> header = exchange.header("Authorization")
                .filter(h -> h.toLowerCase(Locale.ROOT).startsWith("basic "));
        if (header.isEmpty()) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.get().substring(6).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return Optional.of(
                    colon < 0
                            ? new String[] {pair, ""}
                            : new String[] {pair.substring(0, colon), pair.substring(colon + 1)});
        } catch (IllegalArgumentException e) {
            return Optional.of(new String[] {"", ""});
        }
    }

    private static void refuse(Exchange exchange, int status, String error, String description) throws IOException {
        Json.respond(exchange, status, Json.object().put("error", error).put("error_description", description));
    }
}
