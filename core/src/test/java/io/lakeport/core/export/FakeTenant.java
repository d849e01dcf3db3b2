package io.lakeport.core.export;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A tenant that may write to one place. */
public final class FakeTenant {
    private FakeTenant() {}

    public static Tenant writingTo(String prefix) {
        return new Tenant(
                TenantId.of("acme"),
                WorkspaceHost.parse("http://localhost:1"),
                List.of(WarehouseId.of("w1")),
                "fake",
                Optional.empty(),
                Optional.empty(),
                IdentitySettings.pat(Secret.of("not-used")),
                Isolation.SEPARATE_CREDENTIALS,
                new TenantScope(Set.of(), Set.of(URI.create(prefix)), AccessProfile.READ),
                UserAgentEntry.parse("Acme_Widget/1.0"),
                Duration.ofMinutes(1));
    }
}
