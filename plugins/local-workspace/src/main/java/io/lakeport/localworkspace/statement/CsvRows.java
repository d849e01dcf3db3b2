package io.lakeport.localworkspace.statement;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes rows as CSV after RFC 4180: a header line in the first chunk only, NULL as the text {@code null}. */
final class CsvRows {
    private CsvRows() {}

    static void write(List<VectorSchemaRoot> roots, boolean header, OutputStream out) throws IOException {
        StringBuilder line = new StringBuilder();
        if (header) {
            for (FieldVector vector : roots.get(0).getFieldVectors()) {
                append(line, vector.getName());
            }
            end(line, out);
        }
        for (VectorSchemaRoot root : roots) {
            for (int row = 0; row < root.getRowCount(); row++) {
                for (FieldVector vector : root.getFieldVectors()) {
                    String text = CellText.of(vector, row);
                    append(line, text == null ? "null" : text);
                }
                end(line, out);
            }
        }
    }

    private static void append(StringBuilder line, String text) {
        boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        line.append(quote ? '"' + text.replace("\"", "\"\"") + '"' : text).append(',');
    }

    private static void end(StringBuilder line, OutputStream out) throws IOException {
        line.setCharAt(line.length() - 1, '\n');
        out.write(line.toString().getBytes(StandardCharsets.UTF_8));
        line.setLength(0);
    }
}
