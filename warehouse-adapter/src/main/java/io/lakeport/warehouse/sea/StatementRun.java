package io.lakeport.warehouse.sea;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement from its post to its terminal state. Whatever ends it early, deadline, interrupt, close or a failed
 * call, the statement is ended on the server before the caller hears of it. Confined to one thread.
 */
final class StatementRun {
    private static final Logger LOG = LoggerFactory.getLogger(StatementRun.class);

    private final StatementApi statements;
    private final StatementRequest request;
    private final Submission submission;
    private final SeaLimits limits;
    private final CountDownLatch closing;

    StatementRun(
            StatementApi statements,
            StatementRequest request,
            Submission submission,
            SeaLimits limits,
            CountDownLatch closing) {
        this.statements = statements;
        this.request = request;
        this.submission = submission;
        this.limits = limits;
        this.closing = closing;
    }

    /** Returns the answer of a statement that succeeded. */
    StatementAnswer toSuccess() {
        StatementAnswer answer = submitted();
        StatementAnswer last = answer.state().isTerminal() ? answer : awaitEnd(answer.id());
        if (last.state() == StatementAnswer.State.FAILED || last.state() == StatementAnswer.State.CANCELED) {
            throw StatementFailures.of(last);
        }
        return last;
    }

    private StatementAnswer submitted() {
        try {
            return submission.post();
        } catch (LakeportException e) {
            if (!submission.isOutcomeOpen()) {
                throw e;
            }
            StatementId id = found(e);
            return gaveUp() ? awaitEnd(id) : reattached(id);
        }
    }

    private boolean gaveUp() {
        return Thread.currentThread().isInterrupted() || request.deadline().isExpired() || closing.getCount() == 0;
    }

    private StatementAnswer reattached(StatementId id) {
        try {
            return statements.poll(id, request.deadline());
        } catch (LakeportException e) {
            throw ended(id, e);
        }
    }

    /** Looks for the statement even when the thread was interrupted: it may run, and must not outlive its caller. */
    private StatementId found(LakeportException lost) {
        Deadline deadline = Deadline.after(limits.lookup());
        Optional<StatementId> id = Uninterrupted.call(() -> {
            try {
                return submission.recover(new Pauses(limits, new CountDownLatch(1)), deadline);
            } catch (LakeportException e) {
                LakeportException unknown = submission.lost(lost);
                unknown.addSuppressed(e);
                throw unknown;
            }
        });
        return id.orElseThrow(() -> submission.lost(lost));
    }

    private StatementAnswer awaitEnd(StatementId id) {
        Pauses pauses = new Pauses(limits, closing);
        try {
            while (true) {
                boolean isClosing = pauses.pause(request.deadline());
                if (isClosing) {
                    throw new LakeportException(
                            CoreError.STATEMENT_CANCELLED, "the warehouse was closed while the statement ran");
                }
                request.deadline().check("the statement");
                StatementAnswer answer = statements.poll(id, request.deadline());
                if (answer.state().isTerminal()) {
                    return answer;
                }
            }
        } catch (LakeportException e) {
            throw ended(id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ended(id, new LakeportException(CoreError.INTERRUPTED, "interrupted while the statement ran", e));
        }
    }

    /** Ends the statement and returns the error for the caller, which says so when the end was not confirmed. */
    private LakeportException ended(StatementId id, LakeportException why) {
        boolean confirmed = Uninterrupted.call(() -> cancelAndConfirm(id));
        if (!confirmed) {
            LOG.warn("statement {} was cancelled, and the server did not confirm its end in time", id);
        }
        return why.with("statement_id", id.value()).with("ended_on_server", confirmed ? "confirmed" : "not confirmed");
    }

    private boolean cancelAndConfirm(StatementId id) throws InterruptedException {
        Deadline deadline = Deadline.after(limits.ending());
        Pauses pauses = new Pauses(limits, new CountDownLatch(1));
        try {
            statements.cancel(id, deadline);
            while (!statements.poll(id, deadline).state().isTerminal()) {
                boolean ignored = pauses.pause(deadline);
                if (deadline.isExpired()) {
                    return false;
                }
            }
            return true;
        } catch (LakeportException e) {
            LOG.debug("ending statement {} failed", id, e);
            // A statement that the server does not know any more does not run either.
            return e.is(CoreError.OBJECT_NOT_FOUND);
        }
    }
}
