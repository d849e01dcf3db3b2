package io.lakeport.core.export.advice;

import io.lakeport.core.query.Column;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Small results of the statements that look at a table. */
final class Answers {
    private final Warehouse warehouse;
    private final Function<ResultStream, RowCursor> rows;
    private final Deadline deadline;

    Answers(Warehouse warehouse, Function<ResultStream, RowCursor> rows, Deadline deadline) {
        this.warehouse = warehouse;
        this.rows = rows;
        this.deadline = deadline;
    }

    List<Column> columns(String relation) {
        try (ResultStream stream = warehouse.execute(statement("SELECT * FROM " + relation + " LIMIT 0"))) {
            return stream.schema().columns();
        }
    }

    /** Returns all rows, each value as {@link RowCursor#getObject} gives it. */
    List<List<@Nullable Object>> rows(String sql) {
        List<List<@Nullable Object>> answer = new ArrayList<>();
        try (RowCursor cursor = rows.apply(warehouse.execute(statement(sql)))) {
            while (cursor.next()) {
                @Nullable Object[] row = new Object[cursor.schema().size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = cursor.getObject(i);
                }
                answer.add(Arrays.asList(row));
            }
        }
        return answer;
    }

    /** Returns a number of the only row; 0 for NULL. */
    static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private StatementRequest statement(String sql) {
        return StatementRequest.of(sql).purpose(Purpose.DIAGNOSTICS).build(deadline);
    }
}
