package io.lakeport.localworkspace.statement;

import java.time.Duration;

/**
 * What is planned to go wrong with one statement.
 *
 * @param fault id of the plan
 * @param kind what happens
 * @param duration how long, for the kinds that take time
 * @param error how it fails, for {@link Kind#FAIL}
 */
public record StatementFault(String fault, Kind kind, Duration duration, StatementError error) {
    private static final StatementError NO_ERROR = new StatementError("", "", "");

    /** What happens to the statement. */
    public enum Kind {
        /** It runs until it is cancelled or closed. */
        HANG,
        /** It fails instead of running. */
        FAIL,
        /** The server closes it when it ends. */
        CLOSE,
        /** Its chunks are gone when it has succeeded. */
        LOSE_RESULT,
        /** It is RUNNING for some time after its end. */
        KEEP_RUNNING,
        /** Its warehouse starts first. */
        COLD_START
    }

    /** Returns a fault that takes some time, zero for the kinds that take none. */
    public static StatementFault of(String fault, Kind kind, Duration duration) {
        return new StatementFault(fault, kind, duration, NO_ERROR);
    }

    /** Returns a failure. */
    public static StatementFault failing(String fault, String code, String sqlState, String message) {
        return new StatementFault(fault, Kind.FAIL, Duration.ZERO, new StatementError(code, message, sqlState));
    }
}
