package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.util.List;

/** What the workspace tells clients about its endpoints. */
final class Discovery {
    private Discovery() {}

    static ObjectNode of(Realm realm) {
        String issuer = realm.issuer();
        ObjectNode document = Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/v1/authorize")
                .put("token_endpoint", issuer + "/v1/token")
                .put("revocation_endpoint", issuer + "/v1/revoke")
                .put("jwks_uri", issuer + "/jwks.json")
                .put("request_uri_parameter_supported", false);
        Scopes.supported().forEach(document.putArray("scopes_supported")::add);
        put(document, "response_types_supported", List.of("code"));
        put(document, "response_modes_supported", List.of("query"));
        put(
                document,
                "grant_types_supported",
                List.of("client_credentials", "authorization_code", "refresh_token", TokenExchangeGrant.TYPE));
        put(document, "code_challenge_methods_supported", List.of("S256"));
        put(
                document,
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post", "none"));
        put(document, "subject_types_supported", List.of("public"));
        put(document, "id_token_signing_alg_values_supported", List.of("RS256"));
        return document;
    }

    private static void put(ObjectNode document, String name, List<String> values) {
        values.forEach(document.putArray(name)::add);
    }

    /** Returns what a host says of itself; the account's console has no workspace. */
    static ObjectNode host(String base) {
        boolean account = base.matches("https?://accounts(-dod)?\\..*");
        ObjectNode host = Json.object()
                .put("oidc_endpoint", (account ? Realm.account(base) : Realm.workspace(base)).issuer())
                .put("account_id", WorkspaceIdentity.ACCOUNT_ID);
        if (!account) {
            host.put("workspace_id", WorkspaceIdentity.WORKSPACE_ID);
        }
        return host.put("cloud", "AWS");
    }
}
