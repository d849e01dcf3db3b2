package io.lakeport.core.export.unload;

import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.time.Deadline;
import java.util.List;

/** What the source itself says of the rows of a query. */
public final class SourceRows {
    private final ExportPorts ports;
    private final Deadline deadline;

    /** Creates the questions to a tenant's warehouse. */
    public SourceRows(ExportPorts ports, Deadline deadline) {
        this.ports = ports;
        this.deadline = deadline;
    }

    /** Returns how many rows the query has. */
    public long count(SourceQuery query) {
        StatementRequest request = request("SELECT count(*) AS n FROM (" + query.sql() + ")", query);
        try (RowCursor rows = ports.rows().apply(ports.warehouse().execute(request))) {
            return rows.next() ? rows.getLong(0) : 0;
        }
    }

    /** Returns the columns that the query has. */
    public List<Column> columns(SourceQuery query) {
        StatementRequest request = request("SELECT * FROM (" + query.sql() + ") LIMIT 0", query);
        try (ResultStream stream = ports.warehouse().execute(request)) {
            return stream.schema().columns();
        }
    }

    private StatementRequest request(String sql, SourceQuery query) {
        StatementRequest.Builder request = StatementRequest.of(sql).purpose(Purpose.EXPORT);
        query.parameters().forEach(request::parameter);
        return request.build(deadline);
    }
}
