package io.lakeport.core.query;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Port: runs statements on one compute of one tenant. Thread-safe.
 *
 * <p>A statement never outlives its caller: deadline, interrupt and {@link ResultStream#close()} all end in a terminal
 * state on the server.
 */
public interface Warehouse extends AutoCloseable {
    /**
     * Runs a statement and returns when its result can be read.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST with Databricks' own message when the statement
     *     failed; DEADLINE_EXCEEDED or CANCELLED after the statement was ended on the server; OUTCOME_UNKNOWN when it
     *     may have run and could not be found again; never two runs of one request
     */
    ResultStream execute(StatementRequest request);

    /**
     * Looks for the statement of a request whose answer was lost, or whose process ended.
     *
     * @param tag of the request, see {@link StatementRequest#tag()}
     * @return empty when the workspace does not know it (yet: a history may lag behind)
     * @throws LakeportException NOT_SUPPORTED without {@link WarehouseCapability#OUTCOME_LOOKUP}
     */
    default Optional<StatementId> find(String tag, Deadline deadline) {
        throw new LakeportException(CoreError.NOT_SUPPORTED, "this warehouse adapter cannot look statements up");
    }

    /**
     * Returns the result of a statement that was begun earlier, perhaps by another process, and waits for its end if it
     * still runs. The chunks are the same, with the same rows, at every call.
     *
     * @param wanted says by index which chunks are needed; the others are neither downloaded nor returned
     * @param deadline for the result to be there
     * @throws LakeportException NOT_FOUND (RESULT_EXPIRED) when the statement or its result no longer lives;
     *     NOT_SUPPORTED without {@link WarehouseCapability#REATTACH}; otherwise as {@link #execute}
     */
    default ResultStream attach(StatementId statement, LongPredicate wanted, Deadline deadline) {
        throw new LakeportException(CoreError.NOT_SUPPORTED, "this warehouse adapter cannot attach to statements");
    }

    /**
     * Ends a statement that nobody waits for: cancels it if it runs, waits until it is terminal, and gives its result up.
     * One that is terminal, or not known any more, is no error.
     *
     * @throws LakeportException DEADLINE_EXCEEDED when its end was not confirmed in time; NOT_SUPPORTED without
     *     {@link WarehouseCapability#OUTCOME_LOOKUP}
     */
    default void end(StatementId statement, Deadline deadline) {
        throw new LakeportException(CoreError.NOT_SUPPORTED, "this warehouse adapter cannot end statements by id");
    }

    /** Returns the optional powers of this adapter. */
    Set<WarehouseCapability> capabilities();

    /** Cancels what still runs and frees connections; idempotent. */
    @Override
    void close();
}
