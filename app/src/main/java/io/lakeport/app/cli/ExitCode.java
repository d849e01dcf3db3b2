package io.lakeport.app.cli;

import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.Trouble;
import io.lakeport.core.error.ErrorCategory;

/** Exit codes, so that a script can tell what happened. They are part of the interface and never change meaning. */
final class ExitCode {
    static final int OK = 0;
    static final int INTERNAL = 1;
    static final int USAGE = 2;
    static final int AUTHENTICATION = 3;
    static final int PERMISSION = 4;
    static final int NOT_FOUND = 5;
    static final int UNAVAILABLE = 6;
    static final int CONFLICT = 7;
    static final int OUTCOME_UNKNOWN = 8;
    /** The doctor reached workspace or warehouse, and it cannot serve now; {@link #UNAVAILABLE} is the road to it. */
    static final int NOT_SERVING = 9;
    /** The doctor found nothing that fails, and something that wants attention. */
    static final int WARNINGS = 10;

    static final int INTERRUPTED = 130;
    /** As for a process that SIGPIPE ended: the reader of the output went away. */
    static final int READER_GONE = 141;

    private ExitCode() {}

    static int of(ErrorCategory category) {
        return switch (category) {
            case INVALID_REQUEST, NOT_SUPPORTED -> USAGE;
            case UNAUTHENTICATED -> AUTHENTICATION;
            case PERMISSION_DENIED -> PERMISSION;
            case NOT_FOUND -> NOT_FOUND;
            case UNAVAILABLE, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED -> UNAVAILABLE;
            case CONFLICT -> CONFLICT;
            case OUTCOME_UNKNOWN -> OUTCOME_UNKNOWN;
            case CANCELLED -> INTERRUPTED;
            case INTERNAL -> INTERNAL;
        };
    }

    /** Returns the exit code of a doctor's report: that of the first check that failed. */
    static int of(DoctorReport report) {
        return report.firstFailure()
                .map(failed -> failed.cause().map(cause -> of(cause.trouble())).orElse(INTERNAL))
                .orElse(report.hasWarnings() ? WARNINGS : OK);
    }

    private static int of(Trouble trouble) {
        return switch (trouble) {
            case CONFIGURATION -> USAGE;
            case NETWORK -> UNAVAILABLE;
            case IDENTITY -> AUTHENTICATION;
            case RIGHTS -> PERMISSION;
            case MISSING -> NOT_FOUND;
            case UNAVAILABLE -> NOT_SERVING;
            case DEFECT -> INTERNAL;
        };
    }
}
