package io.lakeport.localworkspace.system;

import java.util.List;
import java.util.function.Supplier;

/**
 * A table whose rows come from two functions.
 *
 * @param name three-level name
 * @param pastRows rows that never change, asked once
 * @param recentRows rows that may change
 */
public record PlainTable(String name, Supplier<List<Row>> pastRows, Supplier<List<Row>> recentRows)
        implements SystemTable {
    /** Returns a table whose rows never change. */
    public static PlainTable past(String name, Supplier<List<Row>> rows) {
        return new PlainTable(name, rows, List::of);
    }

    /** Returns a table whose rows may change. */
    public static PlainTable recent(String name, Supplier<List<Row>> rows) {
        return new PlainTable(name, List::of, rows);
    }

    @Override
    public List<Row> past() {
        return pastRows.get();
    }

    @Override
    public List<Row> recent() {
        return recentRows.get();
    }
}
