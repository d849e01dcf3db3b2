package io.lakeport.warehouse.sea;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One statement from its post to its terminal state. Confined to one thread. */
final class StatementRun {
    private final StatementApi statements;
    private final Deadline deadline;
    private final Submission submission;
    private final SeaLimits limits;
    private final StatementWatch watch;

    StatementRun(
            StatementApi statements,
            Deadline deadline,
            Submission submission,
            SeaLimits limits,
            CountDownLatch closing) {
        this.statements = statements;
        this.deadline = deadline;
        this.submission = submission;
        this.limits = limits;
        this.watch = new StatementWatch(statements, deadline, limits, closing);
    }

    /** Returns the answer of a statement that succeeded. */
    StatementAnswer toSuccess() {
        return watch.toSuccess(submitted());
    }

    private StatementAnswer submitted() {
        try {
            return submission.post();
        } catch (LakeportException e) {
            if (!submission.isOutcomeOpen()) {
                throw e;
            }
            StatementId id = found(e);
            return watch.isForsaken() ? watch.awaitEnd(id) : reattached(id);
        }
    }

    private StatementAnswer reattached(StatementId id) {
        try {
            return statements.poll(id, deadline);
        } catch (LakeportException e) {
            throw watch.ended(id, e);
        }
    }

    /** Looks for the statement even when the thread was interrupted: it may run, and must not outlive its caller. */
    private StatementId found(LakeportException lost) {
        Deadline patience = Deadline.after(limits.lookup());
        Optional<StatementId> id = Uninterrupted.call(() -> {
            try {
                return submission.recover(new Pauses(limits, new CountDownLatch(1)), patience);
            } catch (LakeportException e) {
                LakeportException unknown = submission.lost(lost);
                unknown.addSuppressed(e);
                throw unknown;
            }
        });
        return id.orElseThrow(() -> submission.lost(lost));
    }
}
