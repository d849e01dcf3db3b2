package io.lakeport.auth.oauth;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.secret.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the client-credentials grant needs.
 *
 * @param clientId application id of the service principal
 * @param clientSecret its OAuth secret
 * @param scope space-separated scopes
 * @param tokenEndpoint where to ask, empty for the workspace's own
 */
record ClientCredentials(String clientId, Secret clientSecret, String scope, Optional<URI> tokenEndpoint) {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final String ENDPOINT = "token_endpoint";

    static ClientCredentials of(TokenSourceContext context) {
        MethodSettings settings =
                MethodSettings.of(context, Set.of("client_id", ENDPOINT, "scope"), Set.of("client_secret"));
        Optional<URI> endpoint = settings.optional(ENDPOINT)
                .map(text -> Endpoints.safe(text)
                        .orElseThrow(
                                () -> settings.invalid("property 'token_endpoint' must be a full https URL (http for"
                                        + " loopback only) without user, query or fragment")));
        return new ClientCredentials(
                settings.required("client_id"),
                settings.secret("client_secret"),
                settings.words("scope").orElse("all-apis"),
                endpoint);
    }

    /** Application ids are UUIDs; an Azure or Databricks display name, number or e-mail is not. */
    boolean idLooksRight() {
        return UUID.matcher(clientId).matches();
    }

    /** OAuth secrets that Databricks makes begin with {@code dose}. */
    boolean secretLooksRight() {
        return clientSecret.reveal().startsWith("dose");
    }

    String basicHeader() {
        String pair = clientId + ":" + clientSecret.reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text without the secret, in case a server or proxy repeats what it was sent. */
    String redact(String text) {
        String basic = basicHeader().substring("Basic ".length());
        return text.replace(clientSecret.reveal(), "[redacted]").replace(basic, "[redacted]");
    }
}
