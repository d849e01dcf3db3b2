package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;

/**
 * Something that FROM can read.
 *
 * @param name catalog, schema and table, or empty for a file
 * @param sql how DuckDB reads it
 * @param hidden columns that only their names reach, and no star
 */
public record Table(List<String> name, String sql, List<TableColumn> columns, List<TableColumn> hidden) {
    public Table {
        name = List.copyOf(name);
        columns = List.copyOf(columns);
        hidden = List.copyOf(hidden);
    }

    /** Without hidden columns. */
    public Table(List<String> name, String sql, List<TableColumn> columns) {
        this(name, sql, columns, List.of());
    }

    /** A column: its Databricks type, and the type that DuckDB really gives it. */
    public record TableColumn(String name, SqlType type, String duckType, boolean nullable) {}
}
