package io.lakeport.core.doctor;

import io.lakeport.core.doctor.Finding.Status;
import java.util.List;
import java.util.Optional;

/**
 * What the doctor found, in the order of the walk.
 *
 * @param findings one for each check
 */
public record DoctorReport(List<Finding> findings) {
    public DoctorReport {
        findings = List.copyOf(findings);
    }

    /** Returns the first check that failed, which is the one to mend first. */
    public Optional<Finding> firstFailure() {
        return findings.stream().filter(one -> one.status() == Status.FAILED).findFirst();
    }

    /** Returns whether no check failed. */
    public boolean isHealthy() {
        return firstFailure().isEmpty();
    }

    /** Returns whether something wants attention though nothing failed. */
    public boolean hasWarnings() {
        return findings.stream()
                .anyMatch(one -> one.status() == Status.WARNED
                        || (one.status() == Status.SKIPPED && one.cause().isPresent()));
    }

    /** Returns the finding of a check, empty when the walk has no such check. */
    public Optional<Finding> step(String name) {
        return findings.stream().filter(one -> one.step().equals(name)).findFirst();
    }
}
