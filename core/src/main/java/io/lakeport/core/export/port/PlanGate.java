package io.lakeport.core.export.port;

import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.time.Deadline;

/** Decides about a planned run before anything of it is written. Thread-safe. */
@FunctionalInterface
public interface PlanGate {
    /** Lets every run begin. */
    PlanGate OPEN = (request, plan, deadline) -> {};

    /**
     * Returns when the run may begin.
     *
     * @throws io.lakeport.core.error.LakeportException when it may not, with the reason
     */
    void admit(ExportRequest request, ExportPlan plan, Deadline deadline);
}
