package io.lakeport.core.doctor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param step name of the check, for example {@code token}
 * @param status how it went
 * @param tried what was done, in words
 * @param result what came back, in words; no secret
 * @param cause why it did not pass; empty when it passed, and when it was skipped for another check's sake
 * @param fixes what to do, the most likely first; empty where there is no cause
 * @param errorCode name of the error code behind it, empty where no call failed
 * @param reference page that documents the step
 */
public record Finding(
        String step,
        Status status,
        String tried,
        String result,
        Optional<Cause> cause,
        List<Fix> fixes,
        Optional<String> errorCode,
        String reference) {
    /** How a check went. */
    public enum Status {
        PASSED,
        /** It works, and something about it wants attention. */
        WARNED,
        FAILED,
        /** Not tried, because a check that it needs did not pass, or there is nothing to try. */
        SKIPPED
    }

    public Finding {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(tried, "tried");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(cause, "cause");
        fixes = List.copyOf(fixes);
        Objects.requireNonNull(errorCode, "errorCode");
        Objects.requireNonNull(reference, "reference");
    }
}
