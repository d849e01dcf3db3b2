package io.lakeport.core.audit;

import io.lakeport.core.audit.LedgerEntry.Outcome;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.sql.SqlFingerprint;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ledger entries for tests. */
final class LedgerEntries {
    private LedgerEntries() {}

    static LedgerEntry entry(TenantId tenant, String tag, Instant at) {
        return entry(tenant, tag, at, Outcome.SUCCEEDED, Optional.empty(), 3);
    }

    static LedgerEntry entry(
            TenantId tenant, String tag, Instant at, Outcome outcome, Optional<String> error, long rows) {
        return new LedgerEntry(
                tenant,
                Purpose.ANALYTICS,
                SqlFingerprint.of("SELECT 1"),
                tag,
                tag.equals("unsent") ? Optional.empty() : Optional.of("s-" + tag),
                WarehouseId.of("w1"),
                rows,
                100,
                at,
                Duration.ofSeconds(2),
                outcome,
                error);
    }
}
