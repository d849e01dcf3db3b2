package io.lakeport.storage.csv;

import io.lakeport.storage.partition.GrowingBytes;

/**
 * Puts quotes around a cell that needs them: one that holds a delimiter, quote or line break, begins or ends with a
 * blank, or would be read as NULL.
 */
final class CellQuotes {
    private final boolean[] special = new boolean[256];
    private final char quote;
    private final byte[] nullText;

    CellQuotes(char delimiter, char quote, byte[] nullText) {
        this.quote = quote;
        this.nullText = nullText;
        special[delimiter] = true;
        special[quote] = true;
        special['\r'] = true;
        special['\n'] = true;
    }

    /** Ends the cell that began at {@code at} and ends where the text ends. */
    void close(GrowingBytes out, int at) {
        if (needsQuotes(out, at)) {
            byte[] cell = out.take(at);
            out.add(quote);
            int from = 0;
            for (int i = 0; i < cell.length; i++) {
                if (cell[i] == quote) {
                    out.utf8(cell, from, i + 1 - from).add(quote);
                    from = i + 1;
                }
            }
            out.utf8(cell, from, cell.length - from).add(quote);
        }
    }

    private boolean needsQuotes(GrowingBytes out, int at) {
        int end = out.size();
        if (end == at) {
            return true;
        }
        if (isBlank(out.at(at)) || isBlank(out.at(end - 1))) {
            return true;
        }
        for (int i = at; i < end; i++) {
            if (special[out.at(i) & 0xFF]) {
                return true;
            }
        }
        return nullText.length > 0 && out.isFrom(at, nullText);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
