package io.lakeport.core.query;

import java.util.Set;

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

    /** Returns the optional powers of this adapter. */
    Set<WarehouseCapability> capabilities();

    /** Cancels what still runs and frees connections; idempotent. */
    @Override
    void close();
}
