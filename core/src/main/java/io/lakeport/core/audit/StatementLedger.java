package io.lakeport.core.audit;

import io.lakeport.core.tenant.TenantId;
import java.util.List;

/** Port: keeps an entry for every statement that Lakeport ran. Thread-safe. */
public interface StatementLedger extends AutoCloseable {
    /** Adds an entry; it is durable on return where the ledger is a durable one. Never throws for a full disk alone. */
    void record(LedgerEntry entry);

    /** Returns the tenant's newest entries, newest first, at most {@code limit} (positive). */
    List<LedgerEntry> newest(TenantId tenant, int limit);

    @Override
    void close();
}
