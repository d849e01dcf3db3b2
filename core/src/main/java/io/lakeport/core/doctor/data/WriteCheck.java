package io.lakeport.core.doctor.data;

import io.lakeport.core.doctor.Holdings;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Rights;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.time.Deadline;

/** Whether rows could be written, without writing any. */
final class WriteCheck extends DataCheck {
    WriteCheck() {
        super("write", "read");
    }

    @Override
    public String tried(Visit visit) {
        return "look who may MODIFY " + Target.of(visit);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        Target.Seen seen = visit.noted(Target.Seen.class).orElse(null);
        if (seen == null) {
            return Outcome.skipped("hive_metastore does not tell who may write");
        }
        if (seen.isView()) {
            return Outcome.failed(DataCause.VIEW_CANNOT_BE_WRITTEN, Target.of(visit) + " is a view");
        }
        Securable table = seen.presence().securable();
        Holdings.Held held =
                Holdings.of(visit, Privilege.MODIFY, table, seen.presence().owner(), deadline);
        return switch (held) {
            case YES -> Outcome.passed("MODIFY is held");
            case NO ->
                Outcome.failed(DataCause.MODIFY_MISSING, "no MODIFY on " + table)
                        .with(Rights.grant(visit, Privilege.MODIFY, table));
            case MAYBE_BY_GROUP ->
                Outcome.warned(DataCause.MODIFY_NOT_KNOWN, "no MODIFY on " + table + " is told")
                        .with(Rights.grant(visit, Privilege.MODIFY, table));
        };
    }
}
