package io.lakeport.core.export.model;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What the rows of an export are declared to be, so that who receives them can rely on it.
 *
 * @param name for messages
 * @param columns columns that must be there; not empty, each name once
 * @param closed whether a column that is not declared is a violation
 */
public record DataModel(String name, List<ModelColumn> columns, boolean closed) {
    public DataModel {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("data model '" + name + "' declares no column");
        }
        Set<String> seen = new HashSet<>();
        for (ModelColumn column : columns) {
            if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "data model '" + name + "' declares column '" + column.name() + "' twice");
            }
        }
    }
}
