package io.lakeport.core.doctor;

import java.util.Objects;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param step name of the check, for example {@code token}
 * @param status how it went
 * @param tried what was done, in words
 * @param result what came back, in words; no secret
 * @param cause what it means, empty when the check passed or was skipped
 * @param fix what to do, and who can, empty when the check passed or was skipped
 * @param errorCode name of the error code, empty when the check passed or was skipped
 * @param reference page that documents the step
 */
public record Finding(
        String step,
        Status status,
        String tried,
        String result,
        Optional<String> cause,
        Optional<String> fix,
        Optional<String> errorCode,
        String reference) {
    /** How a check went. */
    public enum Status {
        PASSED,
        FAILED,
        /** Not tried, because an earlier step failed. */
        SKIPPED
    }

    public Finding {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(tried, "tried");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(fix, "fix");
        Objects.requireNonNull(errorCode, "errorCode");
        Objects.requireNonNull(reference, "reference");
    }
}
