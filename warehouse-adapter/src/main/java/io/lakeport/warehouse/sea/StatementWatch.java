package io.lakeport.warehouse.sea;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.time.Deadline;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of a statement that the server knows. Whatever ends the waiting early, deadline, interrupt, close or
 * a failed call, the statement is ended on the server before the caller hears of it. Thread-safe.
 */
final class StatementWatch {
    private static final Logger LOG = LoggerFactory.getLogger(StatementWatch.class);

    private final StatementApi statements;
    private final Deadline deadline;
    private final SeaLimits limits;
    private final CountDownLatch closing;

    StatementWatch(StatementApi statements, Deadline deadline, SeaLimits limits, CountDownLatch closing) {
        this.statements = statements;
        this.deadline = deadline;
        this.limits = limits;
        this.closing = closing;
    }

    /**
     * Returns the last answer of a statement.
     *
     * @param answer what is known of it
     * @throws LakeportException as it failed or was cancelled, or as the waiting ended
     */
    StatementAnswer toSuccess(StatementAnswer answer) {
        StatementAnswer last = answer.state().isTerminal() ? answer : awaitEnd(answer.id());
        if (last.state() == StatementAnswer.State.FAILED || last.state() == StatementAnswer.State.CANCELED) {
            throw StatementFailures.of(last);
        }
        return last;
    }

    /** Returns whether nobody waits for the statement any more. */
    boolean isForsaken() {
        return Thread.currentThread().isInterrupted() || deadline.isExpired() || closing.getCount() == 0;
    }

    StatementAnswer awaitEnd(StatementId id) {
        Pauses pauses = new Pauses(limits, closing);
        try {
            while (true) {
                boolean isClosing = pauses.pause(deadline);
                if (isClosing) {
                    throw new LakeportException(
                            CoreError.STATEMENT_CANCELLED, "the warehouse was closed while the statement ran");
                }
                deadline.check("the statement");
                StatementAnswer answer = statements.poll(id, deadline);
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
    LakeportException ended(StatementId id, LakeportException why) {
        boolean confirmed = Uninterrupted.call(() -> cancelAndConfirm(id));
        if (!confirmed) {
            LOG.warn("statement {} was cancelled, and the server did not confirm its end in time", id);
        }
        return why.with("statement_id", id.value()).with("ended_on_server", confirmed ? "confirmed" : "not confirmed");
    }

    private boolean cancelAndConfirm(StatementId id) throws InterruptedException {
        return end(id, Deadline.after(limits.ending()));
    }

    /** Cancels a statement and returns whether the server confirmed its end in time. */
    boolean end(StatementId id, Deadline ending) throws InterruptedException {
        Pauses pauses = new Pauses(limits, new CountDownLatch(1));
        try {
            statements.cancel(id, ending);
            while (!statements.state(id, ending).isTerminal()) {
                boolean ignored = pauses.pause(ending);
                if (ending.isExpired()) {
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
