package io.lakeport.localworkspace.auth;

import io.lakeport.localworkspace.directory.Entitlements;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which entitlements open which paths. The message is Databricks' own, from reports of its users.
 *
 * @param path how paths begin that it is about
 * @param any entitlements of which a principal needs one
 */
record EntitlementRule(String path, List<String> any) {
    private static final List<String> SQL = List.of(Entitlements.SQL_ACCESS, Entitlements.CONSUME);
    private static final List<String> WORKSPACE = List.of(Entitlements.WORKSPACE_ACCESS);
    private static final List<String> EITHER =
            List.of(Entitlements.SQL_ACCESS, Entitlements.WORKSPACE_ACCESS, Entitlements.CONSUME);

    private static final List<EntitlementRule> RULES = List.of(
            new EntitlementRule("/sql/protocolv1/", WORKSPACE),
            new EntitlementRule("/sql/", SQL),
            new EntitlementRule("/api/2.0/sql/", SQL),
            new EntitlementRule("/api/2.1/unity-catalog/", EITHER),
            new EntitlementRule("/api/2.0/clusters/", WORKSPACE),
            new EntitlementRule("/api/2.1/clusters/", WORKSPACE),
            new EntitlementRule("/api/2.1/jobs/", WORKSPACE),
            new EntitlementRule("/api/2.2/jobs/", WORKSPACE),
            new EntitlementRule("/api/2.0/workspace/", EITHER),
            new EntitlementRule("/api/2.0/dbfs/", WORKSPACE));

    /** Returns why a principal may not call a path, for a message; empty when it may. */
    static Optional<String> objection(String path, Set<String> held) {
        return RULES.stream()
                .filter(rule -> path.startsWith(rule.path))
                .findFirst()
                .filter(rule -> rule.any.stream().noneMatch(held::contains))
                .map(rule -> "This API is disabled for users without the " + String.join(" or ", rule.any)
                        + " entitlement.");
    }
}
