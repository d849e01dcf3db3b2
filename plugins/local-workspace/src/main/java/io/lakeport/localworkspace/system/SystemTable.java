package io.lakeport.localworkspace.system;

import java.util.List;

/** Rows for one system table. Several sources may fill the same table. Thread-safe. */
public interface SystemTable {
    /** Returns the three-level name, for example {@code system.billing.usage}. */
    String name();

    /** Returns rows that never change, in any order; asked once, when the table is first read. */
    default List<Row> past() {
        return List.of();
    }

    /** Returns the rows that may be others now than at the last call. */
    List<Row> recent();
}
