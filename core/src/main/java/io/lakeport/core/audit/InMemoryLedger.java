package io.lakeport.core.audit;

import io.lakeport.core.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ledger that keeps the newest entries of each tenant in memory and forgets the rest. For hosts that keep their own
 * records, and for tests. Thread-safe; one tenant's entries never push out another's.
 */
public final class InMemoryLedger implements StatementLedger {
    private final int capacity;
    private final Map<TenantId, Deque<LedgerEntry>> entries = new ConcurrentHashMap<>();

    /** Creates an empty ledger that keeps at most {@code capacity} entries of each tenant; positive. */
    public InMemoryLedger(int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("a ledger of " + capacity + " entries keeps nothing; give at least 1");
        }
        this.capacity = capacity;
    }

    @Override
    public void record(LedgerEntry entry) {
        Objects.requireNonNull(entry, "entry");
        Deque<LedgerEntry> ring = entries.computeIfAbsent(entry.tenant(), tenant -> new ArrayDeque<>());
        synchronized (ring) {
            if (ring.size() == capacity) {
                ring.removeLast();
            }
            ring.addFirst(entry);
        }
    }

    @Override
    public List<LedgerEntry> newest(TenantId tenant, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("limit " + limit + " is not positive");
        }
        Deque<LedgerEntry> ring = entries.get(tenant);
        if (ring == null) {
            return List.of();
        }
        synchronized (ring) {
            List<LedgerEntry> newest = new ArrayList<>(Math.min(limit, ring.size()));
            Iterator<LedgerEntry> from = ring.iterator();
            while (from.hasNext() && newest.size() < limit) {
                newest.add(from.next());
            }
            return newest;
        }
    }

    @Override
    public long remove(TenantId tenant, Instant before) {
        Deque<LedgerEntry> ring = entries.get(tenant);
        if (ring == null) {
            return 0;
        }
        synchronized (ring) {
            int had = ring.size();
            ring.removeIf(entry -> entry.startedAt().isBefore(before));
            if (before.equals(Instant.MAX)) {
                entries.remove(tenant, ring);
            }
            return had - ring.size();
        }
    }

    /** Does nothing: entries stay readable. */
    @Override
    public void close() {}
}
