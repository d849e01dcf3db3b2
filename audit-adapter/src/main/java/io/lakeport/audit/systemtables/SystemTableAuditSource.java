package io.lakeport.audit.systemtables;

import io.lakeport.audit.IdBatches;
import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.HistoryEntry;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Entries of {@code system.query.history}, read by a statement whose ids are bound, never spliced.
 */
final class SystemTableAuditSource implements AuditSource {
    /** Below the 256 parameters that the service takes. */
    private static final int IDS_PER_STATEMENT = 200;

    private static final String SELECT = """
            SELECT statement_id, execution_status, executed_by, compute.warehouse_id AS warehouse_id, \
            client_application, statement_type, start_time, end_time, total_duration_ms, produced_rows, \
            query_tags \
            FROM system.query.history WHERE start_time >= :since AND statement_id IN (%s)""";

    private final Warehouse warehouse;
    private final Function<ResultStream, RowCursor> rows;

    SystemTableAuditSource(Warehouse warehouse) {
        this(warehouse, ArrowRowCursor::over);
    }

    SystemTableAuditSource(Warehouse warehouse, Function<ResultStream, RowCursor> rows) {
        this.warehouse = warehouse;
        this.rows = rows;
    }

    @Override
    public String origin() {
        return "system.query.history";
    }

    @Override
    public List<HistoryEntry> find(Set<String> statementIds, Instant since, Deadline deadline) {
        List<HistoryEntry> found = new ArrayList<>();
        for (List<String> ids : IdBatches.of(statementIds, IDS_PER_STATEMENT)) {
            read(ids, since, deadline, found);
        }
        return found;
    }

    private void read(List<String> ids, Instant since, Deadline deadline, List<HistoryEntry> found) {
        String names = IntStream.range(0, ids.size()).mapToObj(i -> ":id" + i).collect(Collectors.joining(", "));
        StatementRequest.Builder request = StatementRequest.of(SELECT.formatted(names))
                .purpose(Purpose.DIAGNOSTICS)
                .parameter(SqlParameter.of("since", since));
        for (int i = 0; i < ids.size(); i++) {
            request.parameter(SqlParameter.of("id" + i, ids.get(i)));
        }
        // The cursor closes the stream as well; closing twice does nothing.
        try (ResultStream stream = warehouse.execute(request.build(deadline));
                RowCursor cursor = rows.apply(stream)) {
            HistoryRows reader = new HistoryRows(cursor);
            while (cursor.next()) {
                found.add(reader.entry());
            }
        }
    }

    /** Does nothing: the warehouse belongs to whoever opened it. */
    @Override
    public void close() {}
}
