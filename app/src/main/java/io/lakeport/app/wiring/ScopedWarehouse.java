package io.lakeport.app.wiring;

import io.lakeport.app.scope.StatementScope;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/** Refuses what lies outside the tenant's scope before anything is sent, whatever the credential could do. */
final class ScopedWarehouse implements Warehouse {
    private final StatementScope scope;
    private final Warehouse inner;

    ScopedWarehouse(Tenant tenant, Warehouse inner) {
        this.scope = new StatementScope(tenant);
        this.inner = inner;
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        scope.check(request);
        return inner.execute(request);
    }

    @Override
    public Optional<StatementId> find(String tag, Deadline deadline) {
        return inner.find(tag, deadline);
    }

    @Override
    public ResultStream attach(StatementId statement, LongPredicate wanted, Deadline deadline) {
        return inner.attach(statement, wanted, deadline);
    }

    @Override
    public void end(StatementId statement, Deadline deadline) {
        inner.end(statement, deadline);
    }

    @Override
    public Set<WarehouseCapability> capabilities() {
        return inner.capabilities();
    }

    @Override
    public void close() {
        inner.close();
    }
}
