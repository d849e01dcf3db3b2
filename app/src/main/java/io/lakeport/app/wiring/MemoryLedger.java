package io.lakeport.app.wiring;

import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.audit.StatementLedger;
import io.lakeport.core.tenant.TenantId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A ledger for hosts that configure none: the newest entries, for as long as the process runs. */
final class MemoryLedger implements StatementLedger {
    private static final int CAPACITY = 10_000;

    private final Deque<LedgerEntry> entries = new ArrayDeque<>();

    @Override
    public synchronized void record(LedgerEntry entry) {
        entries.addFirst(entry);
        if (entries.size() > CAPACITY) {
            entries.removeLast();
        }
    }

    @Override
    public synchronized List<LedgerEntry> newest(TenantId tenant, int limit) {
        return entries.stream()
                .filter(entry -> entry.tenant().equals(tenant))
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {}
}
