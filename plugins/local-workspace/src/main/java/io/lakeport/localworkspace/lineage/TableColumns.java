package io.lakeport.localworkspace.lineage;

import java.util.List;

/** Knows the columns of tables. Thread-safe. */
@FunctionalInterface
interface TableColumns {
    /** Returns the names of a table's columns in lower case and order; none for a table that is not there. */
    List<String> of(String fullName);
}
