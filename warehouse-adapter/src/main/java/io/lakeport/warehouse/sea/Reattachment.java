package io.lakeport.warehouse.sea;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.time.Deadline;
import java.util.concurrent.CountDownLatch;

/** Finds a statement that was begun earlier, perhaps by another process, and waits for its end. Stateless. */
final class Reattachment {
    private final StatementApi statements;
    private final SeaLimits limits;
    private final CountDownLatch closing;

    Reattachment(StatementApi statements, SeaLimits limits, CountDownLatch closing) {
        this.statements = statements;
        this.limits = limits;
        this.closing = closing;
    }

    /**
     * Returns the answer of a statement that succeeded and whose result can still be read.
     *
     * @throws LakeportException NOT_FOUND (RESULT_EXPIRED) when there is no such result any more; as the statement
     *     failed; as the waiting ended, after the statement was ended on the server
     */
    StatementAnswer toResult(StatementId id, Deadline deadline) {
        StatementWatch watch = new StatementWatch(statements, deadline, limits, closing);
        StatementAnswer last = watch.toSuccess(known(id, deadline));
        if (last.state() == StatementAnswer.State.CLOSED) {
            throw gone(id, "was closed, and its result with it", null);
        }
        return last;
    }

    private StatementAnswer known(StatementId id, Deadline deadline) {
        try {
            return statements.poll(id, deadline);
        } catch (LakeportException e) {
            throw e.is(CoreError.OBJECT_NOT_FOUND) ? gone(id, "is not known to the workspace (any more)", e) : e;
        }
    }

    static LakeportException gone(
            StatementId id, String what, @org.jspecify.annotations.Nullable LakeportException cause) {
        return new LakeportException(CoreError.RESULT_EXPIRED, "statement " + id + " " + what + "; run it again", cause)
                .with("statement_id", id.value());
    }
}
