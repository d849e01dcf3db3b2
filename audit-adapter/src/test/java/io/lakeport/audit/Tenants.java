package io.lakeport.audit;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tenants for tests. */
public final class Tenants {
    /** A token that must never be seen outside the Authorization header. */
    public static final String CANARY = "dapi-canary-0123456789abcdef";

    private Tenants() {}

    public static Tenant tenant(String id, String host, String product, String warehouse) {
        return new Tenant(
                TenantId.of(id),
                WorkspaceHost.parse(host),
                List.of(WarehouseId.of(warehouse)),
                "sea",
                Optional.empty(),
                Optional.empty(),
                IdentitySettings.pat(Secret.of(CANARY)),
                Isolation.SEPARATE_CREDENTIALS,
                new TenantScope(Set.of(), Set.of(), AccessProfile.READ),
                UserAgentEntry.parse(product),
                Duration.ofMinutes(5));
    }

    public static TokenSource tokens(String value) {
        return deadline -> new AccessToken(Secret.of(value), Instant.EPOCH, Optional.empty());
    }

    public static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
