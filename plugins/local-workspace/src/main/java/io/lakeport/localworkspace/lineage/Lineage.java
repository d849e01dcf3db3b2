package io.lakeport.localworkspace.lineage;

import java.util.List;
import java.util.Optional;

/**
 * What one statement read and wrote, by three-level names in lower case.
 *
 * @param target the table or view that it wrote, empty for one that only reads
 * @param view whether the target is a view that it made
 * @param sources the tables and views that it read, each once
 * @param columns which column came from which, as far as the text tells
 */
record Lineage(Optional<String> target, boolean view, List<String> sources, List<ColumnLink> columns) {
    static final Lineage NONE = new Lineage(Optional.empty(), false, List.of(), List.of());

    /** A column of a source from which a column of the target was made. */
    record ColumnLink(String source, String sourceColumn, String targetColumn) {}
}
