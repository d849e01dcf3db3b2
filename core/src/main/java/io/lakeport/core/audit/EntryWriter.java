package io.lakeport.core.audit;

import io.lakeport.core.audit.LedgerEntry.Outcome;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.SqlFingerprint;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the one entry of a statement; whoever comes second writes nothing. Thread-safe. */
final class EntryWriter {
    private static final Logger LOG = LoggerFactory.getLogger(EntryWriter.class);

    private final StatementRequest request;
    private final TenantId tenant;
    private final WarehouseId warehouse;
    private final StatementLedger ledger;
    private final Clock clock;
    private final Instant startedAt;
    private final AtomicBoolean written = new AtomicBoolean();

    EntryWriter(
            StatementRequest request,
            TenantId tenant,
            WarehouseId warehouse,
            StatementLedger ledger,
            Clock clock,
            Instant startedAt) {
        this.request = request;
        this.tenant = tenant;
        this.warehouse = warehouse;
        this.ledger = ledger;
        this.clock = clock;
        this.startedAt = startedAt;
    }

    void failed(Optional<String> statementId, long rows, long bytes, LakeportException failure) {
        Outcome outcome = switch (failure.category()) {
            case CANCELLED, DEADLINE_EXCEEDED -> Outcome.CANCELLED;
            case OUTCOME_UNKNOWN -> Outcome.UNKNOWN;
            default -> Outcome.FAILED;
        };
        write(statementId, rows, bytes, outcome, Optional.of(failure.code().name()));
    }

    void ended(String statementId, long rows, long bytes, Outcome outcome) {
        write(Optional.of(statementId), rows, bytes, outcome, Optional.empty());
    }

    private void write(Optional<String> id, long rows, long bytes, Outcome outcome, Optional<String> error) {
        if (!written.compareAndSet(false, true)) {
            return;
        }
        try {
            ledger.record(entry(id, rows, bytes, outcome, error));
        } catch (RuntimeException e) {
            // The statement has run; losing its result as well would help nobody.
            LOG.error(
                    "The ledger lost the entry of a statement of tenant '{}' with tag {}; look it up in the query"
                            + " history by that tag, and check the ledger's directory",
                    tenant,
                    request.tag(),
                    e);
        }
    }

    private LedgerEntry entry(Optional<String> id, long rows, long bytes, Outcome outcome, Optional<String> error) {
        Duration took = Duration.between(startedAt, clock.instant());
        return new LedgerEntry(
                tenant,
                request.purpose(),
                SqlFingerprint.of(request.sql()),
                request.tag(),
                id,
                warehouse,
                rows,
                bytes,
                startedAt,
                // The clock may have been set back meanwhile.
                took.isNegative() ? Duration.ZERO : took,
                outcome,
                error);
    }
}
