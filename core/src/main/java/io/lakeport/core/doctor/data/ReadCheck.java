package io.lakeport.core.doctor.data;

import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Statements;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;

/** Whether one row can be read: BROWSE shows a table and does not open it. */
final class ReadCheck extends DataCheck {
    ReadCheck() {
        super("read", "sql", "table");
    }

    @Override
    public String tried(Visit visit) {
        return statement(visit);
    }

    private static String statement(Visit visit) {
        return "SELECT * FROM " + Target.of(visit).quoted() + " LIMIT 1";
    }

    @Override
    public Duration longest() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        try {
            Statements.Read read = Statements.read(visit, statement(visit), deadline);
            visit.note(Columns.class, new Columns(read.columns()));
            return read.rows() == 0
                    ? Outcome.warned(DataCause.NO_ROW_SEEN, "read, and no row came")
                    : Outcome.passed("a row with " + read.columns().size() + " columns");
        } catch (LakeportException e) {
            return failed(visit, e);
        }
    }

    private static Outcome failed(Visit visit, LakeportException e) {
        if (e.is(CoreError.ACCESS_DENIED)) {
            Outcome denied = Denials.of(visit, e.getMessage());
            return new Outcome(
                    denied.status(),
                    denied.result(),
                    denied.cause(),
                    denied.fixes(),
                    java.util.Optional.of(e.code().name()));
        }
        if (Target.of(visit).isHive() && (e.is(CoreError.OBJECT_NOT_FOUND) || e.is(CoreError.STATEMENT_FAILED))) {
            return Outcome.failed(DataCause.HIVE_METASTORE_MISSING, e);
        }
        boolean refused = switch (e.category()) {
            case INVALID_REQUEST, NOT_FOUND, NOT_SUPPORTED -> true;
            default -> false;
        };
        return Outcome.failed(refused ? DataCause.READ_REFUSED : CommonCause.of(e), e);
    }

    /** Notes the columns as they are read. */
    record Columns(List<String> names) {}
}
