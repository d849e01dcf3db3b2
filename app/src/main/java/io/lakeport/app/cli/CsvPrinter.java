package io.lakeport.app.cli;

import io.lakeport.core.query.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comma-separated values with a header line (RFC 4180, but with the line ends of the platform's tools: LF). */
final class CsvPrinter extends RowPrinter {
    private final Console console;

    CsvPrinter(Console console) {
        super(console);
        this.console = console;
    }

    @Override
    void begin(List<Column> columns) {
        if (!columns.isEmpty()) {
            row(columns.stream().map(Column::name).toArray());
        }
    }

    @Override
    void row(@Nullable Object[] values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            Object value = values[i];
            if (value != null) {
                appendField(line, ValueText.of(value));
            }
        }
        console.out().append(line.append('\n'));
    }

    private static void appendField(StringBuilder line, String text) {
        boolean quote = text.isEmpty()
                || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || text.startsWith(" ")
                || text.endsWith(" ");
        if (quote) {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            line.append(text);
        }
    }

    @Override
    void end(long count) {}
}
