package io.lakeport.audit.rest;

import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.AuditSourceProvider;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenant.Tenant;

/** Source {@code rest}: the query history API, which knows a statement within seconds and for 30 days. */
public final class RestAuditSourceProvider implements AuditSourceProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public RestAuditSourceProvider() {}

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public AuditSource open(Tenant tenant, TokenSource tokens, Warehouse warehouse, Guard guard) {
        return new RestAuditSource(new SdkClient(tenant, tokens, guard));
    }
}
