package io.lakeport.storage.csv;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.storage.partition.GrowingBytes;
import io.lakeport.storage.text.CellText;
import io.lakeport.storage.text.LineFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows of one schema as lines of cells. */
final class CsvLines implements LineFormat.Lines {
    private final CsvOptions options;
    private final List<String> names;
    private final CellText[] cells;
    private final CellQuotes quotes;
    private final byte[] nullText;
    private final byte[] lineEnd;

    CsvLines(CsvOptions options, List<String> names, List<CellText> cells) {
        this.options = options;
        this.names = names;
        this.cells = cells.toArray(CellText[]::new);
        this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
        this.quotes = new CellQuotes(options.delimiter(), options.quote(), nullText);
        this.lineEnd = options.lineEnd().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void header(GrowingBytes out) {
        if (!options.header()) {
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.add(options.delimiter());
            }
            int at = out.size();
            out.utf8(names.get(i).getBytes(StandardCharsets.UTF_8));
            quotes.close(out, at);
        }
        out.utf8(lineEnd);
    }

    @Override
    public void row(GrowingBytes out, List<ArrowColumn> columns, int row) {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                out.add(options.delimiter());
            }
            ArrowColumn column = columns.get(i);
            if (column.isNull(row)) {
                writeNull(out);
            } else {
                int at = out.size();
                cells[i].write(out, column, row);
                quotes.close(out, at);
            }
        }
        out.utf8(lineEnd);
    }

    private void writeNull(GrowingBytes out) {
        if (cells.length == 1 && nullText.length == 0) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "column '" + names.get(0)
                            + "' is alone in its CSV file and holds NULL, which would be an empty line"
                            + " that readers skip; give option 'null' a text, for example \\N");
        }
        out.utf8(nullText);
    }
}
