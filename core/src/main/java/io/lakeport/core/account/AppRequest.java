package io.lakeport.core.account;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An OAuth application to be registered.
 *
 * @param name what pages show; not blank
 * @param redirectUrls where users come back to; https, or http on loopback, without fragment; one at least
 * @param confidential whether it gets a secret
 * @param scopes what it may ask for; one at least
 */
public record AppRequest(String name, List<URI> redirectUrls, boolean confidential, List<String> scopes) {
    /** What a host needs that queries for its users: Databricks SQL, and to go on while they are away. */
    public static final List<String> SQL_SCOPES = List.of("sql", "offline_access");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public AppRequest {
        Objects.requireNonNull(name, "name");
        redirectUrls = List.copyOf(redirectUrls);
        scopes = List.copyOf(scopes);
        if (name.isBlank()) {
            throw new IllegalArgumentException("an OAuth application needs a name");
        }
        if (redirectUrls.isEmpty() || scopes.isEmpty()) {
            throw new IllegalArgumentException("OAuth application '" + name + "' needs a redirect URL and a scope");
        }
        redirectUrls.forEach(AppRequest::check);
        if (scopes.stream().anyMatch(scope -> !scope.matches("[a-z][a-z0-9_.:-]*"))) {
            throw new IllegalArgumentException("a scope of OAuth application '" + name + "' is not one word; give them"
                    + " one by one, as sql and offline_access ('+' is how URLs write a blank)");
        }
    }

    private static void check(URI url) {
        String host = String.valueOf(url.getHost());
        boolean safe = "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && LOOPBACK.contains(host);
        if (!safe || url.getHost() == null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("redirect URL '" + url + "' cannot be used: it must be https (http for"
                    + " localhost only), with a host and without a fragment");
        }
    }
}
