package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** The OIDC endpoints of the workspace and of its account; none of them needs a token. */
public final class OidcRoutes {
    private final Identities identities;
    private final TokenService tokens;
    private final ClientCredentialsGrant clientCredentials;
    private final UserGrants userGrants;
    private final TokenExchangeGrant exchangeGrant;
    private final AuthorizeEndpoint authorize;

    /** Creates the routes. */
    public OidcRoutes(Identities identities, TokenService tokens) {
        AuthorizationCodes codes = new AuthorizationCodes(tokens.clock());
        this.identities = identities;
        this.tokens = tokens;
        this.clientCredentials = new ClientCredentialsGrant(identities, tokens);
        this.userGrants = new UserGrants(identities, tokens, identities.apps(), codes);
        this.exchangeGrant = new TokenExchangeGrant(identities, tokens, identities.federation());
        this.authorize = new AuthorizeEndpoint(identities, identities.apps(), codes);
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        addRealm(router, "/oidc", Realm::workspace);
        addRealm(router, Realm.ACCOUNT_PATH, Realm::account);
        router.add(
                "GET",
                "/.well-known/databricks-config",
                (exchange, path) -> Json.respond(exchange, 200, Discovery.host(exchange.base())));
    }

    private void addRealm(Router router, String root, Function<String, Realm> realm) {
        Handler discovery = (exchange, path) -> Json.respond(exchange, 200, Discovery.of(realm.apply(exchange.base())));
        router.add("GET", root + "/.well-known/oauth-authorization-server", discovery);
        router.add("GET", root + "/.well-known/openid-configuration", discovery);
        router.add(
                "GET",
                root + "/jwks.json",
                (exchange, path) -> Json.respond(exchange, 200, tokens.signer().keySet()));
        router.add(
                "GET",
                root + "/v1/authorize",
                (exchange, path) -> refusing(exchange, () -> authorize.answer(exchange, realm.apply(exchange.base()))));
        router.add(
                "POST",
                root + "/v1/token",
                (exchange, path) -> refusing(exchange, () -> token(exchange, realm.apply(exchange.base()))));
        router.add(
                "POST",
                root + "/v1/revoke",
                (exchange, path) -> refusing(exchange, () -> revoke(exchange, realm.apply(exchange.base()))));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void refusing(Exchange exchange, Action action) throws IOException {
        try {
            try {
                action.run();
            } catch (ApiException malformed) {
                throw OAuthError.invalidRequest(String.valueOf(malformed.getMessage()));
            }
        } catch (OAuthError e) {
            if (e.status() == 401) {
                exchange.addHeader("WWW-Authenticate", "Basic realm=\"Databricks\"");
            }
            exchange.addHeader("Cache-Control", "no-store");
            Json.respond(
                    exchange,
                    e.status(),
                    Json.object().put("error", e.error()).put("error_description", e.getMessage()));
        }
    }

    private void token(Exchange exchange, Realm realm) throws IOException {
        TokenRequest request = TokenRequest.read(exchange, realm);
        String grant = request.required("grant_type");
        ObjectNode answer = switch (grant) {
            case "client_credentials" -> clientCredentials.answer(request);
            case "authorization_code" -> userGrants.code(request);
            case "refresh_token" -> userGrants.refresh(request);
            case TokenExchangeGrant.TYPE -> exchangeGrant.answer(request);
            default -> throw OAuthError.unsupportedGrant(grant);
        };
        exchange.addHeader("Cache-Control", "no-store");
        Json.respond(exchange, 200, answer);
    }

    /** Ends an access or refresh token (RFC 7009); the answer is the same whether there was one. */
    private void revoke(Exchange exchange, Realm realm) throws IOException {
        String token = TokenRequest.read(exchange, realm).required("token");
        Optional<JsonNode> claims = tokens.validClaims(token);
        claims.ifPresent(
                known -> identities.sessions().issued().revoke(known.path("jti").asText()));
        identities.sessions().endOf(token);
        Json.respond(exchange, 200, Json.object());
    }
}
