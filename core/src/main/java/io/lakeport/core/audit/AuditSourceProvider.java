package io.lakeport.core.audit;

import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenant.Tenant;

/** SPI: makes audit sources. Found by {@link java.util.ServiceLoader} and chosen by {@link #name()}. */
public interface AuditSourceProvider {
    /** Returns the name by which it is chosen: {@code rest} or {@code system-tables}, or a plugin's own. */
    String name();

    /**
     * Makes the source of one tenant; performs no network call.
     *
     * @param warehouse runs statements where the source needs SQL; already bound to the tenant
     */
    AuditSource open(Tenant tenant, TokenSource tokens, Warehouse warehouse, Guard guard);
}
