package io.lakeport.core.audit;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ForwardingWarehouse;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A warehouse that writes one {@link LedgerEntry} for every statement: when its result was read to the end or closed,
 * or when it failed, was cancelled, or its outcome is unknown. Reading a result again by the id of its statement is no
 * other statement. Thread-safe.
 */
public final class RecordingWarehouse extends ForwardingWarehouse {
    private final TenantId tenant;
    private final WarehouseId warehouse;
    private final StatementLedger ledger;
    private final Clock clock;
    private final Set<RecordedStream> open = ConcurrentHashMap.newKeySet();

    /**
     * Creates a recording warehouse.
     *
     * @param delegate runs the statements; closed with this one
     * @param tenant for whom they run
     * @param warehouse where they run
     * @param ledger receives the entries; not closed here, because it serves every warehouse
     * @param clock for the times in entries
     */
    public RecordingWarehouse(
            Warehouse delegate, TenantId tenant, WarehouseId warehouse, StatementLedger ledger, Clock clock) {
        super(delegate);
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.warehouse = Objects.requireNonNull(warehouse, "warehouse");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        Instant startedAt = clock.instant();
        EntryWriter entry = new EntryWriter(request, tenant, warehouse, ledger, clock, startedAt);
        try {
            RecordedStream stream = new RecordedStream(super.execute(request), entry, open::remove);
            open.add(stream);
            return stream;
        } catch (LakeportException e) {
            entry.failed(Optional.ofNullable(e.context().get("statement_id")), 0, 0, e);
            throw e;
        } catch (RuntimeException | Error e) {
            entry.failed(Optional.empty(), 0, 0, new LakeportException(CoreError.INTERNAL, "unexpected", e));
            throw e;
        }
    }

    /** Closes the warehouse below; statements whose results were still open are recorded as abandoned. */
    @Override
    public void close() {
        try {
            super.close();
        } finally {
            open.forEach(RecordedStream::warehouseClosed);
            open.clear();
        }
    }
}
