package io.lakeport.core.export.source;

import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements whose result is a value or two. */
final class SmallResult {
    private final ExportPorts ports;

    SmallResult(ExportPorts ports) {
        this.ports = ports;
    }

    /** Returns what {@code read} takes from the first row, empty without a row or when its first value is NULL. */
    <T> Optional<T> single(String sql, Deadline deadline, Function<RowCursor, @Nullable T> read) {
        try (RowCursor cursor = ports.rows().apply(ports.warehouse().execute(statement(sql, deadline)))) {
            return cursor.next() && !cursor.isNull(0) ? Optional.ofNullable(read.apply(cursor)) : Optional.empty();
        }
    }

    /** Returns what {@code read} takes from each row; all are kept, so they must be few. */
    <T> List<T> rows(StatementRequest.Builder statement, Deadline deadline, Function<RowCursor, T> read) {
        List<T> rows = new ArrayList<>();
        try (RowCursor cursor = ports.rows().apply(ports.warehouse().execute(statement.build(deadline)))) {
            while (cursor.next()) {
                rows.add(read.apply(cursor));
            }
        }
        return rows;
    }

    /** Returns the columns of a result without reading rows. */
    ResultSchema schema(String sql, Deadline deadline) {
        try (ResultStream stream = ports.warehouse().execute(statement(sql, deadline))) {
            return stream.schema();
        }
    }

    private static StatementRequest statement(String sql, Deadline deadline) {
        return StatementRequest.of(sql).purpose(Purpose.EXPORT).build(deadline);
    }
}
