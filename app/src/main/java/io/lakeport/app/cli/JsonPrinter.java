package io.lakeport.app.cli;

import io.lakeport.core.query.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object for each row, on a line of its own, so that a reader can begin with the first. */
final class JsonPrinter extends RowPrinter {
    private final Console console;
    private List<String> names = List.of();

    JsonPrinter(Console console) {
        super(console);
        this.console = console;
    }

    @Override
    void begin(List<Column> columns) {
        this.names = columns.stream().map(Column::name).toList();
    }

    @Override
    void row(@Nullable Object[] values) {
        StringBuilder line = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            ValueText.appendString(line, names.get(i));
            line.append(':');
            ValueText.appendJson(line, values[i]);
        }
        console.line(line.append('}').toString());
    }

    @Override
    void end(long count) {}
}
