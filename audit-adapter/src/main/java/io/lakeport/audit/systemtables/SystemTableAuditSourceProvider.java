package io.lakeport.audit.systemtables;

import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.AuditSourceProvider;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenant.Tenant;

/**
 * Source {@code system-tables}: {@code system.query.history}, which covers every workspace of the region and a year,
 * but lags by minutes to hours and needs SELECT on it.
 */
public final class SystemTableAuditSourceProvider implements AuditSourceProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public SystemTableAuditSourceProvider() {}

    @Override
    public String name() {
        return "system-tables";
    }

    @Override
    public AuditSource open(Tenant tenant, TokenSource tokens, Warehouse warehouse, Guard guard) {
        return new SystemTableAuditSource(warehouse);
    }
}
