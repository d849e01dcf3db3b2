package io.lakeport.core.export.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One way in which an export is not what its model declares.
 *
 * @param column name of the column
 * @param declared what the model says of it
 * @param found what it is instead
 * @param rows how many rows break the rule; empty when the column itself does
 */
public record ModelViolation(String column, String declared, String found, OptionalLong rows) {
    public ModelViolation {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(declared, "declared");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(rows, "rows");
    }

    /** Returns it in one line. */
    @Override
    public String toString() {
        return "column '" + column + "' " + declared + ": " + found;
    }
}
