package io.lakeport.core.doctor;

import io.lakeport.core.query.Column;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.time.Deadline;
import java.util.List;

/** Small statements of the doctor's own. */
public final class Statements {
    private Statements() {}

    /**
     * What came.
     *
     * @param columns names of the columns
     * @param rows how many rows, at most two
     * @param first the first value of the first row as text, empty text for none
     */
    public record Read(List<String> columns, int rows, String first) {
        public Read {
            columns = List.copyOf(columns);
        }
    }

    /** Runs a statement and reads at most two rows. */
    public static Read read(Visit visit, String sql, Deadline deadline) {
        StatementRequest request =
                StatementRequest.of(sql).purpose(Purpose.DIAGNOSTICS).build(deadline);
        // The cursor closes the stream as well; closing twice does nothing.
        try (ResultStream stream = visit.patient().warehouse().get().execute(request);
                RowCursor cursor = visit.patient().rows().apply(stream)) {
            List<String> columns =
                    cursor.schema().columns().stream().map(Column::name).toList();
            if (!cursor.next()) {
                return new Read(columns, 0, "");
            }
            String first = String.valueOf(cursor.getObject(0));
            return new Read(columns, cursor.next() ? 2 : 1, first);
        }
    }
}
