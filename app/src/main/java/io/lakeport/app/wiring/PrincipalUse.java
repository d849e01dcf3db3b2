package io.lakeport.app.wiring;

import io.lakeport.app.config.TenancySettings;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which service principals are used more widely than they should be: each workspace has one of its own, so that to take
 * it away ends one workspace's access, and a tenant with credentials of its own shares them with nobody.
 */
public final class PrincipalUse {
    private static final int MOST_NAMED = 10;

    private final TenancySettings settings;

    /** Creates it with what is to happen when a principal is used too widely. */
    public PrincipalUse(TenancySettings settings) {
        this.settings = settings;
    }

    /** Returns what is to be said, one sentence for each principal; nothing where all is well. */
    public List<String> report(List<Tenant> tenants) {
        List<String> report = new ArrayList<>();
        Map<String, List<Tenant>> users = new LinkedHashMap<>();
        for (Tenant tenant : tenants) {
            principal(tenant)
                    .ifPresent(id ->
                            users.computeIfAbsent(id, key -> new ArrayList<>()).add(tenant));
        }
        users.forEach((principal, theirs) -> {
            Set<String> hosts = theirs.stream()
                    .map(tenant -> tenant.host().toString())
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
            if (hosts.size() > 1) {
                report.add("service principal " + principal + " signs in to " + hosts.size() + " workspaces ("
                        + named(hosts.stream().toList()) + ") for " + names(theirs)
                        + "; give each workspace a service principal of its own");
            }
            List<Tenant> alone = theirs.stream()
                    .filter(tenant -> tenant.isolation() == Isolation.SEPARATE_CREDENTIALS)
                    .toList();
            if (theirs.size() > 1 && !alone.isEmpty()) {
                report.add("service principal " + principal + " is used by " + names(theirs) + ", of which "
                        + names(alone) + " should have separate credentials; give each its own, or set 'isolation' to"
                        + " shared_credentials if their scopes alone are to keep them apart");
            }
            if (principal.contains("@")) {
                report.add("'" + principal + "' is the name of a person, and " + names(theirs)
                        + " sign in as a service principal; give the application id of a service principal");
            }
        });
        return report;
    }

    /** Methods that sign in as one principal name it by its client id; a user's own sign-in is not shared by it. */
    private static Optional<String> principal(Tenant tenant) {
        return tenant.identity().perUser() || tenant.identity().method().equals("oauth-u2m")
                ? Optional.empty()
                : Optional.ofNullable(tenant.identity().properties().get("client_id"));
    }

    private static String names(List<Tenant> tenants) {
        return named(tenants.stream().map(tenant -> tenant.id().value()).toList());
    }

    private static String named(List<String> names) {
        int shown = Math.min(MOST_NAMED, names.size());
        return String.join(", ", names.subList(0, shown))
                + (shown < names.size() ? " and " + (names.size() - shown) + " more" : "");
    }

    /**
     * Makes sure that another tenant does not use a principal too widely, where that is to be refused.
     *
     * @throws LakeportException INVALID_REQUEST with the report
     */
    public void requireFree(Tenant more, List<Tenant> tenants) {
        if (settings.principalReuse() != TenancySettings.PrincipalReuse.REFUSE) {
            return;
        }
        Optional<String> principal = principal(more);
        List<Tenant> same = new ArrayList<>(tenants.stream()
                .filter(tenant -> principal.isPresent() && principal.equals(principal(tenant)))
                .toList());
        same.add(more);
        refuse(report(same));
    }

    /** Does the same for all tenants of a configuration; returns the report where it is not refused. */
    List<String> require(List<Tenant> tenants) {
        List<String> report = report(tenants);
        if (settings.principalReuse() == TenancySettings.PrincipalReuse.REFUSE) {
            refuse(report);
        }
        return report;
    }

    private static void refuse(List<String> report) {
        if (!report.isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    String.join("; ", report) + " (refused because tenancy.principal_reuse is refuse)");
        }
    }
}
