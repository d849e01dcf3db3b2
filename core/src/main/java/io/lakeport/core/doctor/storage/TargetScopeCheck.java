package io.lakeport.core.doctor.storage;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;

/** Whether this host lets the tenant write there at all. */
final class TargetScopeCheck extends StorageCheck {
    TargetScopeCheck() {
        super("target-scope");
    }

    @Override
    public String tried(Visit visit) {
        return "compare " + target(visit) + " with the tenant's scope";
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        try {
            visit.tenant()
                    .scope()
                    .requireObjectAccess(
                            visit.tenant().id(), visit.request().exportTarget().orElseThrow());
        } catch (LakeportException e) {
            return Outcome.failed(StorageCause.TARGET_OUT_OF_SCOPE, e);
        }
        return Outcome.passed("within it");
    }
}
