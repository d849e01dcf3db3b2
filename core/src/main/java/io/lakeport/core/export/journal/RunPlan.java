package io.lakeport.core.export.journal;

import io.lakeport.core.export.request.ExportRequest;
import java.time.Instant;
import java.util.Objects;

/**
 * The first record of a run.
 *
 * @param runId 32 hexadecimal digits, unique
 * @param sequence number that the run will try to take at its target
 * @param request what was asked
 * @param plan which rows it reads
 * @param engine which way they take
 * @param startedAt when it began, by the exporting host's clock
 */
public record RunPlan(
        String runId, long sequence, ExportRequest request, ExportPlan plan, String engine, Instant startedAt) {
    public RunPlan {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(startedAt, "startedAt");
    }
}
