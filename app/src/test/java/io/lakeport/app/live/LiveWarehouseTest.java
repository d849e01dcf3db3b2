package io.lakeport.app.live;

import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.query.WarehouseProvider;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.testkit.contract.WarehouseContract;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;

/** The warehouse contract against a real workspace. */
@Tag("live")
class LiveWarehouseTest implements WarehouseContract {
    private final LiveWorkspace workspace = new LiveWorkspace();

    @Override
    public Warehouse open(MemoryBudget budget) {
        Tenant tenant = workspace.tenant();
        TokenSource tokens = provider(
                        TokenSourceProvider.class,
                        candidate -> candidate.method().equals(tenant.identity().method()))
                .open(new TokenSourceContext(
                        tenant.id(),
                        tenant.host(),
                        tenant.identity(),
                        tenant.userAgent(),
                        Guard.NONE,
                        Clock.systemUTC()));
        return provider(WarehouseProvider.class, candidate -> candidate.scheme().equals(tenant.engine()))
                .open(new WarehouseContext(
                        tenant, tenant.defaultWarehouse(), tokens, budget, Guard.NONE, Clock.systemUTC()));
    }

    private static <P> P provider(Class<P> type, Predicate<P> wanted) {
        return ServiceLoader.load(type).stream()
                .map(ServiceLoader.Provider::get)
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<TableName> scratchTable() {
        return Optional.of(workspace.table("_contract"));
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }
}
