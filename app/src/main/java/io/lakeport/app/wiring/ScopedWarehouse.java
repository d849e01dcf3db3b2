package io.lakeport.app.wiring;

import io.lakeport.app.scope.StatementScope;
import io.lakeport.core.query.ForwardingWarehouse;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenant.Tenant;

/** Refuses what lies outside the tenant's scope before anything is sent, whatever the credential could do. */
final class ScopedWarehouse extends ForwardingWarehouse {
    private final StatementScope scope;

    ScopedWarehouse(Tenant tenant, Warehouse inner) {
        super(inner);
        this.scope = new StatementScope(tenant);
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        scope.check(request);
        return super.execute(request);
    }
}
