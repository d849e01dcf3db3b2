package io.lakeport.app.wiring;

import io.lakeport.app.scope.StatementScope;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.tenant.Tenant;
import java.util.Set;

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
    public Set<WarehouseCapability> capabilities() {
        return inner.capabilities();
    }

    @Override
    public void close() {
        inner.close();
    }
}
