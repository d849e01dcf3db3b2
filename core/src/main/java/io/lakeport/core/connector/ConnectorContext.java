package io.lakeport.core.connector;

import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.tenant.TenantId;

/**
 * Ports bound to one tenant's scope. A connector sees no credential and cannot reach another tenant. Thread-safe.
 */
public interface ConnectorContext {
    /** Returns whose data it is. */
    TenantId tenant();

    /** Runs a statement; see {@link io.lakeport.core.query.Warehouse#execute}. The caller closes the stream. */
    ResultStream execute(StatementRequest request);

    /** Runs a statement and reads it row by row. The caller closes the cursor. */
    RowCursor rows(StatementRequest request);
}
