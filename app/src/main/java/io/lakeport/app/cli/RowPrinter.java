package io.lakeport.app.cli;

import io.lakeport.core.query.Column;
import io.lakeport.core.query.RowCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows as they arrive; holds a bounded number of them, however many there are. */
abstract class RowPrinter {
    private static final int ROWS_BETWEEN_LOOKS = 1_000;

    private final Console console;

    RowPrinter(Console console) {
        this.console = console;
    }

    static RowPrinter of(OutputFormat format, Console console) {
        return switch (format) {
            case TABLE -> new TablePrinter(console);
            case JSON -> new JsonPrinter(console);
            case CSV -> new CsvPrinter(console);
            case ARROW -> throw new IllegalArgumentException("Arrow is printed as a stream and not by row");
        };
    }

    /** Prints all rows, or fewer when nobody reads them any more, and returns how many were printed. */
    final long print(RowCursor rows) {
        List<Column> columns = rows.schema().columns();
        begin(columns);
        long count = 0;
        while (rows.next()) {
            @Nullable Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.getObject(i);
            }
            row(values);
            count++;
            if (count % ROWS_BETWEEN_LOOKS == 0 && console.outputEnded()) {
                return count;
            }
        }
        end(count);
        return count;
    }

    abstract void begin(List<Column> columns);

    abstract void row(@Nullable Object[] values);

    abstract void end(long count);
}
