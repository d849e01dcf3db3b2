package io.lakeport.core.audit;

import io.lakeport.core.query.Purpose;
import io.lakeport.core.sql.SqlFingerprint;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What Lakeport knows of one statement that it ran. It holds no SQL text.
 *
 * @param tenant for whom
 * @param purpose why
 * @param fingerprint of the SQL text
 * @param tag unique query tag that the statement carried
 * @param statementId id in the workspace, empty when it never got one
 * @param warehouse where it ran
 * @param rows rows that reached the caller
 * @param bytes Arrow bytes that reached the caller
 * @param startedAt when the call began
 * @param duration from there until the result was closed
 * @param outcome how it ended
 * @param error name of the error code, empty when there was none
 */
public record LedgerEntry(
        TenantId tenant,
        Purpose purpose,
        SqlFingerprint fingerprint,
        String tag,
        Optional<String> statementId,
        WarehouseId warehouse,
        long rows,
        long bytes,
        Instant startedAt,
        Duration duration,
        Outcome outcome,
        Optional<String> error) {
    /** How a statement ended. */
    public enum Outcome {
        /** Its result was read to the end. */
        SUCCEEDED,
        /** Its result was closed before the end. */
        ABANDONED,
        FAILED,
        CANCELLED,
        /** It may have run. */
        UNKNOWN
    }

    public LedgerEntry {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(statementId, "statementId");
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(error, "error");
    }
}
