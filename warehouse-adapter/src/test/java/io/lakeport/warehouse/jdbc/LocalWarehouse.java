package io.lakeport.warehouse.jdbc;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Warehouses of the local workspace for tests. */
final class LocalWarehouse {
    private LocalWarehouse() {}

    static Warehouse open(
            SimulatorConnection to, UserAgentEntry userAgent, Supplier<Secret> token, MemoryBudget budget) {
        Tenant tenant = new Tenant(
                TenantId.of("acme"),
                WorkspaceHost.parse(to.httpUrl().toString()),
                List.of(WarehouseId.of(to.warehouseId())),
                "jdbc",
                Optional.of(to.catalog()),
                Optional.of(to.schema()),
                IdentitySettings.pat(token.get()),
                Isolation.SEPARATE_CREDENTIALS,
                new TenantScope(Set.of(), Set.of(), AccessProfile.READ),
                userAgent,
                Duration.ofMinutes(1));
        return new JdbcWarehouseProvider()
                .open(new WarehouseContext(
                        tenant,
                        tenant.defaultWarehouse(),
                        deadline -> new AccessToken(token.get(), Instant.EPOCH, Optional.empty()),
                        budget,
                        Guard.NONE,
                        Clock.systemUTC()));
    }
}
