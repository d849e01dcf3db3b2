package io.lakeport.app.cli;

import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns side by side. Widths come from the first {@value #SAMPLE} rows; later rows are printed as they arrive, and a
 * value that does not fit pushes its line to the right instead of being cut.
 */
final class TablePrinter extends RowPrinter {
    private static final int SAMPLE = 100;
    private static final int WIDEST = 60;
    private static final Set<SqlType.Kind> NUMBERS = EnumSet.of(
            SqlType.Kind.TINYINT,
            SqlType.Kind.SMALLINT,
            SqlType.Kind.INT,
            SqlType.Kind.BIGINT,
            SqlType.Kind.FLOAT,
            SqlType.Kind.DOUBLE,
            SqlType.Kind.DECIMAL);

    private final Console console;
    private final List<String[]> sample = new ArrayList<>();
    private List<Column> columns = List.of();
    private int @Nullable [] widths;

    TablePrinter(Console console) {
        super(console);
        this.console = console;
    }

    @Override
    void begin(List<Column> header) {
        this.columns = header;
    }

    @Override
    void row(@Nullable Object[] values) {
        String[] cells = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            cells[i] = value == null ? "NULL" : onOneLine(ValueText.of(value));
        }
        if (widths != null) {
            printCells(cells, widths);
            return;
        }
        sample.add(cells);
        if (sample.size() == SAMPLE) {
            printSample();
        }
    }

    private static String onOneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }

    private void printSample() {
        int[] found = new int[columns.size()];
        String[] names = new String[columns.size()];
        for (int i = 0; i < found.length; i++) {
            int column = i;
            names[i] = onOneLine(columns.get(i).name());
            int widest = sample.stream()
                    .mapToInt(cells -> displayWidth(cells[column]))
                    .max()
                    .orElse(0);
            found[i] = Math.max(displayWidth(names[i]), Math.min(WIDEST, widest));
        }
        widths = found;
        if (found.length > 0) {
            printCells(names, found);
            String[] rules = new String[found.length];
            for (int i = 0; i < found.length; i++) {
                rules[i] = "-".repeat(found[i]);
            }
            printCells(rules, found);
        }
        sample.forEach(cells -> printCells(cells, found));
        sample.clear();
    }

    private void printCells(String[] cells, int[] target) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                line.append("  ");
            }
            String padding = " ".repeat(Math.max(0, target[i] - displayWidth(cells[i])));
            boolean right = NUMBERS.contains(columns.get(i).type().kind());
            line.append(right ? padding : "").append(cells[i]).append(right ? "" : padding);
        }
        console.line(line.toString().stripTrailing());
    }

    private static int displayWidth(String text) {
        return text.codePointCount(0, text.length());
    }

    @Override
    void end(long count) {
        if (widths == null) {
            printSample();
        }
        if (console.outputEnded()) {
            return;
        }
        console.note(count == 1 ? "1 row" : String.format("%,d rows", count));
    }
}
