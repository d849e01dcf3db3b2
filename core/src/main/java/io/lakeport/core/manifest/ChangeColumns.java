package io.lakeport.core.manifest;

import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlType;
import java.util.List;

/**
 * The columns that a change data feed adds to those of its table ("Use Delta Lake change data feed on Databricks",
 * documentation of Databricks). Exports by the feed carry them, so that a reader can tell deleted rows.
 */
public final class ChangeColumns {
    /** What happened: {@code insert}, {@code update_preimage}, {@code update_postimage} or {@code delete}. */
    public static final String TYPE = "_change_type";
    /** Version of the table that the change made. */
    public static final String VERSION = "_commit_version";
    /** When it was committed; NULL in rows of a snapshot, of which that is not known. */
    public static final String TIMESTAMP = "_commit_timestamp";
    /** Type of change after which the row is no longer there. */
    public static final String DELETE = "delete";

    private ChangeColumns() {}

    /** Returns the columns, in order. */
    public static List<Column> all() {
        return List.of(
                new Column(TYPE, SqlType.of(SqlType.Kind.STRING)),
                new Column(VERSION, SqlType.of(SqlType.Kind.BIGINT)),
                new Column(TIMESTAMP, SqlType.of(SqlType.Kind.TIMESTAMP)));
    }

    /** Returns the other columns of a list. */
    public static List<Column> without(List<Column> columns) {
        return columns.stream()
                .filter(column ->
                        all().stream().noneMatch(change -> change.name().equals(column.name())))
                .toList();
    }

    /** Returns whether a list has them. */
    public static boolean in(List<Column> columns) {
        return columns.stream().anyMatch(column -> column.name().equals(TYPE));
    }
}
