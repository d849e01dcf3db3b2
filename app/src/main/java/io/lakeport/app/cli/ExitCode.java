package io.lakeport.app.cli;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import java.util.Arrays;

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

    /** Returns the exit code for the name of an error code, INTERNAL when it is not one of ours. */
    static int ofCode(String name) {
        return Arrays.stream(CoreError.values())
                .filter(error -> error.name().equals(name))
                .findFirst()
                .map(error -> of(error.toErrorCode().category()))
                .orElse(INTERNAL);
    }
}
