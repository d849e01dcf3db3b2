package io.lakeport.core.tenant;

import java.util.Objects;
import java.util.Set;

/**
 * What a tenant may use, for how long its traces are kept, and which roles of the host may see and change it.
 *
 * @param budget what it may use
 * @param retention how long its traces are kept
 * @param readers roles that may read its connection details, {@code *} for everyone; nobody but administrators when
 *     empty
 * @param administrators roles that may change, suspend or delete it
 */
public record TenantPolicy(
        TenantBudget budget, TenantRetention retention, Set<String> readers, Set<String> administrators) {
    /** The role that is everybody's. */
    public static final String EVERYONE = "*";

    /** The role that may change a tenant which names none. */
    public static final String ADMIN = "admin";

    /** No limits; traces are kept for good; administrators alone read and change. */
    public static final TenantPolicy NONE =
            new TenantPolicy(TenantBudget.UNLIMITED, TenantRetention.FOREVER, Set.of(), Set.of(ADMIN));

    public TenantPolicy {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(retention, "retention");
        readers = Set.copyOf(readers);
        administrators = Set.copyOf(administrators);
        if (administrators.contains(EVERYONE)) {
            throw new IllegalArgumentException("everyone cannot administer a tenant; name the roles that may");
        }
    }

    /** Returns whether someone with those roles may read connection details. */
    public boolean mayRead(Set<String> roles) {
        return readers.contains(EVERYONE) || roles.stream().anyMatch(readers::contains) || mayChange(roles);
    }

    /** Returns whether someone with those roles may change, suspend or delete the tenant. */
    public boolean mayChange(Set<String> roles) {
        return roles.stream().anyMatch(administrators::contains);
    }
}
