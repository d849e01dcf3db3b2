package io.lakeport.core.export.journal;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The record of one process that works on a run. A run has a second attempt when the first did not end.
 *
 * @param number from 1
 * @param owner process that works on it
 * @param startedAt when it began, by that host's clock
 * @param statementTag tag of the statement whose result it writes
 * @param statementId id of that statement, empty until the workspace has told it
 */
public record RunAttempt(
        int number, RunOwner owner, Instant startedAt, String statementTag, Optional<String> statementId) {
    public RunAttempt {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(statementTag, "statementTag");
        Objects.requireNonNull(statementId, "statementId");
        if (number < 1) {
            throw new IllegalArgumentException("attempt " + number + " is below 1");
        }
    }

    /** Returns this attempt, once its statement is known. */
    public RunAttempt running(String id) {
        return new RunAttempt(number, owner, startedAt, statementTag, Optional.of(id));
    }
}
