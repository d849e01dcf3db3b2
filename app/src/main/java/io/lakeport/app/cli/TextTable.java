package io.lakeport.app.cli;

import java.util.ArrayList;
import java.util.List;

/** A small table of texts, all of which are known before it is printed. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;

    TextTable(String... header) {
        this.widths = new int[header.length];
        row(header);
    }

    void row(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].length());
        }
        rows.add(cells);
    }

    void print(Console console) {
        for (String[] cells : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                line.append(cells[i]).append(" ".repeat(widths[i] - cells[i].length() + 2));
            }
            console.line(line.toString().stripTrailing());
        }
    }
}
