package io.lakeport.app.config;

import io.lakeport.core.secret.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a process looks after its tenants.
 *
 * @param defaults what a tenant has that says nothing else
 * @param refresh after how long a change by another process is noticed; positive
 * @param mostActive how many tenants hold connections at once; those that were used longest ago give theirs up; positive
 * @param idle after how long without use a tenant gives its connections up; positive
 * @param principalReuse what happens when tenants share a service principal that should not
 * @param proofKey signs proofs of deletion; empty for proofs that are digested only
 */
public record TenancySettings(
        TenantDefaults defaults,
        Duration refresh,
        int mostActive,
        Duration idle,
        PrincipalReuse principalReuse,
        Optional<Secret> proofKey) {
    /** What happens when a service principal is used more widely than the tenants' isolation says. */
    public enum PrincipalReuse {
        /** It is reported. */
        WARN,
        /** The configuration, or the tenant that would add to it, is refused. */
        REFUSE
    }

    private static final int MOST_ACTIVE = 64;

    public TenancySettings {
        Objects.requireNonNull(defaults, "defaults");
        Objects.requireNonNull(principalReuse, "principalReuse");
        Objects.requireNonNull(proofKey, "proofKey");
        if (refresh.isNegative() || refresh.isZero() || idle.isNegative() || idle.isZero() || mostActive < 1) {
            throw new IllegalArgumentException("refresh, idle and most_active of tenancy are positive");
        }
    }

    /** Returns two seconds, 64 active tenants, five minutes, and a warning. */
    public static TenancySettings standard() {
        return of(TenantDefaults.standard());
    }

    /** Returns the same with other defaults of tenants. */
    public static TenancySettings of(TenantDefaults defaults) {
        return new TenancySettings(
                defaults,
                Duration.ofSeconds(2),
                MOST_ACTIVE,
                Duration.ofMinutes(5),
                PrincipalReuse.WARN,
                Optional.empty());
    }
}
