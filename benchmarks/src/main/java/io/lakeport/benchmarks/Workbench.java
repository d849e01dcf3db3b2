package io.lakeport.benchmarks;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.query.WarehouseProvider;
import io.lakeport.core.secret.Secret;
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
import java.util.ServiceLoader;
import java.util.Set;

/** Opens the bare {@code sea} port, without guards, so that the adapter itself is measured. */
final class Workbench {
    private static final long BUDGET = 96L << 20;

    private Workbench() {}

    static Warehouse sea(String host, String token, String warehouse) {
        Secret secret = Secret.of(token);
        Tenant tenant = tenant(host, warehouse, IdentitySettings.pat(secret));
        TokenSource tokens = deadline -> new AccessToken(secret, Instant.EPOCH, Optional.empty());
        WarehouseContext context = new WarehouseContext(
                tenant,
                tenant.defaultWarehouse(),
                tokens,
                MemoryBudget.of("benchmark", budgetBytes()),
                Guard.NONE,
                Clock.systemUTC());
        return provider().open(context);
    }

    static Tenant tenant(String host, String warehouse, IdentitySettings identity) {
        return new Tenant(
                TenantId.of("bench"),
                WorkspaceHost.parse(host),
                List.of(WarehouseId.of(warehouse)),
                "sea",
                Optional.empty(),
                Optional.empty(),
                identity,
                Isolation.SEPARATE_CREDENTIALS,
                new TenantScope(Set.of(), Set.of(), AccessProfile.WRITE_BACK),
                UserAgentEntry.parse("Lakeport_Benchmark/1.0"),
                Duration.ofMinutes(10));
    }

    /** Direct memory is limited to the heap's ceiling unless told otherwise; three quarters of it may be in flight. */
    static long budgetBytes() {
        return Math.min(BUDGET, Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    private static WarehouseProvider provider() {
        return ServiceLoader.load(WarehouseProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.scheme().equals("sea"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no 'sea' provider on the class path"));
    }
}
