package io.lakeport.core.audit;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;

/** Port: keeps an entry for every statement that Lakeport ran. Thread-safe. */
public interface StatementLedger extends AutoCloseable {
    /** Adds an entry; it is durable on return where the ledger is a durable one. Never throws for a full disk alone. */
    void record(LedgerEntry entry);

    /** Returns the tenant's newest entries, newest first, at most {@code limit} (positive). */
    List<LedgerEntry> newest(TenantId tenant, int limit);

    /**
     * Removes the tenant's entries of statements that began before a time.
     *
     * @param before {@link java.time.Instant#MAX} for all of them
     * @return how many were removed
     * @throws io.lakeport.core.error.LakeportException NOT_SUPPORTED where entries cannot be removed; INTERNAL when some
     *     could not
     */
    default long remove(TenantId tenant, Instant before) {
        throw new LakeportException(
                CoreError.NOT_SUPPORTED, "this ledger keeps every entry; remove those of '" + tenant + "' where it is");
    }

    @Override
    void close();
}
