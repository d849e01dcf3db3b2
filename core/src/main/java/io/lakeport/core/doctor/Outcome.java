package io.lakeport.core.doctor;

import io.lakeport.core.doctor.Finding.Status;
import io.lakeport.core.error.LakeportException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a check ended.
 *
 * @param status how it went
 * @param result what came back, in words; no secret
 * @param cause why it did not pass
 * @param fixes what to do where that is more than the cause knows; else empty
 * @param errorCode name of the error code of a call that failed
 */
public record Outcome(
        Status status, String result, Optional<Cause> cause, List<Fix> fixes, Optional<String> errorCode) {
    public Outcome {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(cause, "cause");
        fixes = List.copyOf(fixes);
        Objects.requireNonNull(errorCode, "errorCode");
    }

    /** It works. */
    public static Outcome passed(String result) {
        return new Outcome(Status.PASSED, result, Optional.empty(), List.of(), Optional.empty());
    }

    /** It works, and wants attention. */
    public static Outcome warned(Cause cause, String result) {
        return new Outcome(Status.WARNED, result, Optional.of(cause), List.of(), Optional.empty());
    }

    /** It does not work. */
    public static Outcome failed(Cause cause, String result) {
        return new Outcome(Status.FAILED, result, Optional.of(cause), List.of(), Optional.empty());
    }

    /** It does not work, as a call said. */
    public static Outcome failed(Cause cause, LakeportException failure) {
        return failed(cause, failure, failure.getMessage());
    }

    /** Does the same with other words. */
    public static Outcome failed(Cause cause, LakeportException failure, String result) {
        return new Outcome(
                Status.FAILED,
                result,
                Optional.of(cause),
                List.of(),
                Optional.of(failure.code().name()));
    }

    /** There is nothing to try. */
    public static Outcome skipped(String why) {
        return new Outcome(Status.SKIPPED, why, Optional.empty(), List.of(), Optional.empty());
    }

    /** It cannot be tried, which is not a failure and wants attention. */
    public static Outcome skipped(Cause cause, String why) {
        return new Outcome(Status.SKIPPED, why, Optional.of(cause), List.of(), Optional.empty());
    }

    /** Returns this outcome with fixes of its own in place of the cause's. */
    public Outcome with(List<Fix> own) {
        return new Outcome(status, result, cause, own, errorCode);
    }
}
