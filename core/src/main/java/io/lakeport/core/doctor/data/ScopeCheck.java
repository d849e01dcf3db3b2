package io.lakeport.core.doctor.data;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.time.Deadline;

/** Whether this host lets the tenant there at all. */
final class ScopeCheck extends DataCheck {
    ScopeCheck() {
        super("scope", "metastore");
    }

    @Override
    public String tried(Visit visit) {
        return "compare " + Target.of(visit) + " with the tenant's scope";
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        try {
            visit.tenant()
                    .scope()
                    .requireCatalog(visit.tenant().id(), Target.of(visit).catalog());
        } catch (LakeportException e) {
            return Outcome.failed(DataCause.TABLE_OUT_OF_SCOPE, e);
        }
        if (visit.request().write() && visit.tenant().scope().access() == AccessProfile.READ) {
            return Outcome.failed(DataCause.WRITING_IS_SWITCHED_OFF, "the tenant's access is 'read'");
        }
        return Outcome.passed("within it");
    }
}
