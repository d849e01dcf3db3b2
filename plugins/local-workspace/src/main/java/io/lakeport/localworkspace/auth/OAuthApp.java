package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An application to which a user may give access.
 *
 * @param clientId its OAuth client id
 * @param name for people
 * @param secretHash hash of its secret; empty for a public client, which has none
 * @param redirectUrls where a browser may be sent with a code; empty for a built-in client, which listens somewhere on
 *     loopback
 * @param scopes it may ask for
 * @param policy how long its tokens live
 */
record OAuthApp(
        String clientId,
        String name,
        Optional<String> secretHash,
        Set<String> redirectUrls,
        Set<String> scopes,
        TokenPolicy policy) {
    static OAuthApp builtIn(String clientId) {
        return new OAuthApp(clientId, clientId, Optional.empty(), Set.of(), Scopes.supported(), TokenPolicy.DEFAULT);
    }

    static OAuthApp read(JsonNode node) {
        Set<String> scopes = texts(node.path("scopes"));
        return new OAuthApp(
                node.path("client_id").asText(),
                node.path("name").asText(),
                node.path("confidential").asBoolean()
                        ? Optional.of(node.path("secret_hash").asText())
                        : Optional.empty(),
                texts(node.path("redirect_urls")),
                scopes.isEmpty() ? Set.of(Scopes.ALL_APIS, Scopes.OFFLINE) : scopes,
                TokenPolicy.read(node.path("token_access_policy")));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Whether a browser may be sent there: exactly a registered URL, or any port of loopback for a built-in client. */
    boolean allowsRedirect(String url) {
        if (!redirectUrls.isEmpty()) {
            return redirectUrls.contains(url);
        }
        try {
            URI uri = URI.create(url);
            return "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && Set.of("localhost", "127.0.0.1").contains(uri.getHost())
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether this is its secret; a public client has none to check. */
    boolean accepts(String secret) {
        return secretHash.isEmpty() || secretHash.get().equals(CredentialText.hash(secret));
    }
}
