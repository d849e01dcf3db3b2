package io.lakeport.core.query;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of a result, in order.
 *
 * @param columns empty for a statement without rows, such as CREATE TABLE
 */
public record ResultSchema(List<Column> columns) {
    public ResultSchema {
        columns = List.copyOf(columns);
    }

    /**
     * Returns the position of the first column of that name.
     *
     * @throws IllegalArgumentException when there is none; the message lists the columns
     */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the result has no column '" + name + "'; it has "
                + columns.stream().map(Column::name).collect(Collectors.joining(", ")));
    }

    /** Returns how many columns there are. */
    public int size() {
        return columns.size();
    }
}
