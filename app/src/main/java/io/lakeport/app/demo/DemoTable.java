package io.lakeport.app.demo;

import io.lakeport.core.query.Column;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table that is exported: a copy of the user's rows with a key and the time of the last change, which is what an
 * incremental export needs of any table.
 *
 * @param name the copy
 * @param origin the table that is copied
 * @param columns columns of the origin
 * @param partition column to partition by, one of the origin's or {@link #MONTH} or {@link #BUCKET}
 * @param dated column that {@link #MONTH} is taken from, empty unless it is used
 */
record DemoTable(TableName name, TableName origin, List<Column> columns, String partition, Optional<Column> dated) {
    static final String KEY = "lakeport_row";
    static final String UPDATED = "lakeport_updated_at";
    static final String MONTH = "lakeport_month";
    static final String BUCKET = "lakeport_bucket";

    /** One row in so many is added again under a new key. */
    private static final int ADDED_ONE_IN = 20;
    /** One row in so many is changed. */
    private static final int CHANGED_ONE_IN = 40;

    private static final int BUCKETS = 8;

    /** Returns the statement that makes the copy. */
    String createSql() {
        return "CREATE OR REPLACE TABLE " + name.quoted() + " AS SELECT row_number() OVER (ORDER BY 1) AS " + KEY + ", "
                + quotedColumns() + derived() + ", current_timestamp() AS " + UPDATED + " FROM " + origin.quoted();
    }

    private String derived() {
        if (partition.equals(MONTH)) {
            return ", month(" + quoted(dated.orElseThrow()) + ") AS " + MONTH;
        }
        return partition.equals(BUCKET) ? ", row_number() OVER (ORDER BY 1) % " + BUCKETS + " AS " + BUCKET : "";
    }

    private boolean hasDerived() {
        return partition.equals(MONTH) || partition.equals(BUCKET);
    }

    /** Returns the statement that adds rows; {@code rows} is how many there are. */
    String addSql(long rows) {
        return "INSERT INTO " + name.quoted() + " SELECT " + KEY + " + " + rows + ", " + quotedColumns()
                + (hasDerived() ? ", " + partition : "") + ", current_timestamp() FROM " + name.quoted() + " WHERE "
                + KEY
                + " % " + ADDED_ONE_IN + " = 3";
    }

    /** Returns the statement that changes rows, a value of theirs and the time of their last change. */
    String changeSql() {
        return "UPDATE " + name.quoted() + " SET " + UPDATED + " = current_timestamp()" + changedValue() + " WHERE "
                + changedRows();
    }

    /** Returns the condition that holds for changed rows. */
    String changedRows() {
        return KEY + " % " + CHANGED_ONE_IN + " = 1";
    }

    private String changedValue() {
        return columns.stream()
                .filter(column -> !column.name().equals(partition))
                .filter(column -> column.type().kind() == SqlType.Kind.STRING)
                .findFirst()
                .map(column -> ", " + quoted(column) + " = concat(" + quoted(column) + ", ' (corrected)')")
                .orElse("");
    }

    /** Returns the statement that removes the copy. */
    String dropSql() {
        return "DROP TABLE IF EXISTS " + name.quoted();
    }

    /**
     * Returns the relation of exported files in which each key has its latest version only.
     *
     * @param folder where the files are, as the workspace names it
     */
    String latestOfFiles(String folder) {
        return "(SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY " + KEY + " ORDER BY " + UPDATED
                + " DESC) AS lakeport_rank FROM parquet."
                + Identifier.of(folder).quoted()
                + ") AS ranked WHERE lakeport_rank = 1) AS latest";
    }

    private String quotedColumns() {
        return columns.stream().map(DemoTable::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(Column column) {
        return Identifier.of(column.name()).quoted();
    }
}
