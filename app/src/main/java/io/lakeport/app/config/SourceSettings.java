package io.lakeport.app.config;

import io.lakeport.core.sql.TableName;
import java.util.List;
import java.util.Objects;

/**
 * A table that is imported window by window.
 *
 * @param table its name
 * @param partitionColumn column that says when a row was added or last changed
 * @param appendOnly whether rows are never changed once they are there
 * @param dataKinds what the table holds, for example {@code NPS}
 */
public record SourceSettings(TableName table, String partitionColumn, boolean appendOnly, List<String> dataKinds) {
    /** The column that Birdie's document means when it names none. */
    public static final String DEFAULT_PARTITION_COLUMN = "created_at";

    public SourceSettings {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(partitionColumn, "partitionColumn");
        dataKinds = List.copyOf(dataKinds);
    }
}
