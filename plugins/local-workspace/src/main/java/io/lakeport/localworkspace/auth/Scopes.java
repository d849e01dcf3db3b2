package io.lakeport.localworkspace.auth;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** OAuth scopes: which there are, and which of them opens which API. */
final class Scopes {
    static final String ALL_APIS = "all-apis";
    static final String OFFLINE = "offline_access";
    static final String OPENID = "openid";

    private static final Set<String> ABOUT_THE_USER = Set.of(OFFLINE, OPENID, "profile", "email");

    /** Paths by scope, the longest first; a path that is not here needs all-apis. */
    private static final List<Map.Entry<String, String>> PATHS = List.of(
            Map.entry("/api/2.0/connector-service/", "sql"),
            Map.entry("/api/2.0/preview/scim/", "access-management"),
            Map.entry("/api/2.0/permissions/", "access-management"),
            Map.entry("/api/2.0/workspace/", "workspace"),
            Map.entry("/api/2.1/unity-catalog/", "unity-catalog"),
            Map.entry("/api/2.0/unity-catalog/", "unity-catalog"),
            Map.entry("/api/2.1/clusters/", "clusters"),
            Map.entry("/api/2.1/jobs/", "jobs"),
            Map.entry("/api/2.2/jobs/", "jobs"),
            Map.entry("/api/2.0/dbfs/", "files"),
            Map.entry("/api/2.0/fs/", "files"),
            Map.entry("/api/2.0/sql/", "sql"),
            Map.entry("/sql/", "sql"));

    private static final Set<String> ALL = all();

    private Scopes() {}

    private static Set<String> all() {
        Set<String> scopes = new LinkedHashSet<>(List.of(ALL_APIS, "sql"));
        scopes.addAll(ABOUT_THE_USER);
        PATHS.forEach(path -> scopes.add(path.getValue()));
        return Collections.unmodifiableSet(scopes);
    }

    static Set<String> supported() {
        return ALL;
    }

    /**
     * Reads what a client asks for.
     *
     * @param text names separated by spaces
     * @param granted what its application may ask for at most
     * @throws OAuthError invalid_scope when it may not have one of them
     */
    static Set<String> parse(String text, Set<String> granted) {
        Set<String> scopes = new LinkedHashSet<>();
        for (String scope : text.trim().split(" +")) {
            if (!ALL.contains(scope)) {
                throw OAuthError.invalidScope("The scope '" + scope + "' is not supported");
            }
            boolean allowed = granted.contains(scope)
                    || (granted.contains(ALL_APIS) && !scope.equals(OFFLINE))
                    || (ABOUT_THE_USER.contains(scope) && !scope.equals(OFFLINE));
            if (!allowed) {
                throw OAuthError.invalidScope("Scopes '" + scope + "' are not assigned to the client");
            }
            scopes.add(scope);
        }
        return scopes;
    }

    /** Returns the scope that opens a path. */
    static String neededFor(String path) {
        return PATHS.stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ALL_APIS);
    }
}
