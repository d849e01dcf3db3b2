package io.lakeport.app;

import io.lakeport.core.tenancy.TenantState;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What there is to say of a tenant. It holds no secret.
 *
 * @param id its name
 * @param state where it stands in its life
 * @param fixed whether it stands in the configuration file, where alone its settings can be changed
 * @param version of its settings; 0 for one of the configuration file
 * @param changed when anything of it was last changed; empty for one of the configuration file that was always active
 * @param reason why it is suspended, may be empty
 * @param tenant its settings, with secrets that are not opened; empty when it is deleted, or who asks may not read them
 */
public record TenantInfo(
        TenantId id,
        TenantState state,
        boolean fixed,
        long version,
        Optional<Instant> changed,
        String reason,
        Optional<Tenant> tenant) {
    public TenantInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(changed, "changed");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(tenant, "tenant");
    }
}
