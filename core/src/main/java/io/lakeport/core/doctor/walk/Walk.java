package io.lakeport.core.doctor.walk;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.Finding;
import io.lakeport.core.doctor.Finding.Status;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs checks in their order; one that needs another which did not pass is skipped, and all others run. */
final class Walk {
    private final List<Check> checks;

    Walk(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    DoctorReport run(Visit visit, Deadline deadline) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Check check : checks) {
            Outcome outcome = obstacle(check, findings).orElseGet(() -> examine(check, visit, deadline));
            findings.put(check.name(), finding(check, visit, outcome));
        }
        return new DoctorReport(new ArrayList<>(findings.values()));
    }

    private static Optional<Outcome> obstacle(Check check, Map<String, Finding> findings) {
        for (String need : check.needs()) {
            Finding before = findings.get(need);
            if (before == null) {
                throw new IllegalStateException(
                        "check '" + check.name() + "' needs '" + need + "', which is no earlier");
            }
            if (before.status() == Status.FAILED) {
                return Optional.of(Outcome.skipped("not tried, because '" + need + "' failed"));
            }
            if (before.status() == Status.SKIPPED) {
                return Optional.of(Outcome.skipped("not tried, because '" + need + "' was not"));
            }
        }
        return Optional.empty();
    }

    private static Outcome examine(Check check, Visit visit, Deadline deadline) {
        if (deadline.isExpired()) {
            return Outcome.skipped("not tried, because the time for the whole walk was over");
        }
        try {
            return check.examine(visit, deadline.atMost(check.longest()));
        } catch (LakeportException e) {
            if (e.is(CoreError.INTERRUPTED)) {
                throw e;
            }
            return e.category() == ErrorCategory.NOT_SUPPORTED
                    ? Outcome.skipped(e.getMessage())
                    : Outcome.failed(CommonCause.of(e), e);
        } catch (RuntimeException e) {
            // A broken port is a finding as well; its message may hold anything, so only its kind is told.
            LakeportException unexpected = new LakeportException(
                    CoreError.INTERNAL, "unexpected " + e.getClass().getName(), e);
            return Outcome.failed(CommonCause.UNKNOWN, unexpected);
        }
    }

    private static Finding finding(Check check, Visit visit, Outcome outcome) {
        List<Fix> fixes = outcome.fixes().isEmpty()
                ? outcome.cause().map((Cause cause) -> cause.fixes(visit)).orElse(List.of())
                : outcome.fixes();
        return new Finding(
                check.name(),
                outcome.status(),
                check.tried(visit),
                outcome.result(),
                outcome.cause(),
                fixes,
                outcome.errorCode(),
                check.reference(visit));
    }
}
