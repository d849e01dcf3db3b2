package io.lakeport.auth.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Decides which URLs a secret may be sent to. */
public final class Endpoints {
    /** Path of the token endpoint, the same on every cloud. */
    public static final String TOKEN_PATH = "/oidc/v1/token";

    /** Path of the discovery document (RFC 8414, as the Databricks SDKs ask for it). */
    public static final String DISCOVERY_PATH = "/oidc/.well-known/oauth-authorization-server";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Endpoints() {}

    /** Returns the URL when a secret may travel there: https, or plain http on loopback. */
    public static Optional<URI> safe(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            boolean secure = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost())));
            return plain && secure ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the URL of a metadata service, which answers in plain http on addresses that never leave the machine:
     * loopback and link-local, given as numbers.
     */
    public static Optional<URI> onThisMachine(String text) {
        try {
            URI uri = new URI(text);
            String host = String.valueOf(uri.getHost());
            boolean local = LOOPBACK.contains(host) || host.matches("169\\.254(\\.\\d{1,3}){2}");
            boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return local && plain && "http".equals(uri.getScheme()) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
