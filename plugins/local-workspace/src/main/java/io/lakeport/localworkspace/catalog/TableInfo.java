package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table or view as the catalog knows it.
 *
 * @param facts what was said about it
 */
public record TableInfo(
        String catalog, String schema, String name, boolean view, List<ColumnInfo> columns, TableFacts facts) {
    public TableInfo {
        columns = List.copyOf(columns);
    }

    /** A column of a table. */
    public record ColumnInfo(
            String name,
            SqlType type,
            String duckType,
            boolean nullable,
            @Nullable String defaultSql,
            @Nullable String comment,
            ColumnRule rule) {
        /** Returns this of another type. */
        public ColumnInfo with(SqlType other) {
            return new ColumnInfo(name, other, other.duck(), nullable, defaultSql, comment, rule);
        }

        /** Returns this under another name. */
        public ColumnInfo named(String other) {
            return new ColumnInfo(other, type, duckType, nullable, defaultSql, comment, rule);
        }

        /** Returns this with another comment. */
        public ColumnInfo commented(@Nullable String other) {
            return new ColumnInfo(name, type, duckType, nullable, defaultSql, other, rule);
        }

        /** Returns this, NULL allowed or not. */
        public ColumnInfo nullable(boolean other) {
            return new ColumnInfo(name, type, duckType, other, defaultSql, comment, rule);
        }

        /** Returns this with another default, in DuckDB's words and in the user's. */
        public ColumnInfo defaulting(@Nullable String sql, @Nullable String text) {
            return new ColumnInfo(name, type, duckType, nullable, sql, comment, rule.withDefault(text));
        }
    }

    /** Returns this with other columns. */
    public TableInfo with(List<ColumnInfo> other) {
        return new TableInfo(catalog, schema, name, view, other, facts);
    }

    /** Returns this with other facts. */
    public TableInfo with(TableFacts other) {
        return new TableInfo(catalog, schema, name, view, columns, other);
    }

    /** Returns the user's comment, {@code null} for none. */
    public @Nullable String comment() {
        return facts.comment();
    }

    /** Returns the three-level name. */
    public List<String> fullName() {
        return List.of(catalog, schema, name);
    }
}
