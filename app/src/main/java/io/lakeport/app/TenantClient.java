package io.lakeport.app;

import io.lakeport.app.guard.CallCounts;
import io.lakeport.app.wiring.TenantPorts;
import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.tenant.Tenant;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be done for one tenant. Every statement passes the tenant's scope and is recorded in the ledger.
 * Thread-safe.
 */
public final class TenantClient {
    private final TenantPorts ports;
    private final AsyncCalls async;

    TenantClient(TenantPorts ports, AsyncCalls async) {
        this.ports = ports;
        this.async = async;
    }

    /** Returns whose client it is. */
    public Tenant tenant() {
        return ports.tenant();
    }

    /**
     * Begins a statement.
     *
     * @param sql one statement, which may name parameters as {@code :name}
     * @throws IllegalArgumentException when it is blank
     */
    public Query query(String sql) {
        return new Query(ports, async, sql);
    }

    /** Returns the newest entries of this tenant in the statement ledger, newest first; {@code limit} is positive. */
    public List<LedgerEntry> ledger(int limit) {
        return ports.shared().ledger().newest(ports.tenant().id(), limit);
    }

    /** Returns how often each kind of exchange was tried for this tenant, by name. */
    public Map<String, CallCounts.Count> callCounts() {
        return ports.shared().counts().of(ports.tenant().id().value());
    }
}
