package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table or view as the catalog knows it.
 *
 * @param comment what was said about it, {@code null} when nothing
 */
public record TableInfo(
        String catalog,
        String schema,
        String name,
        boolean view,
        List<ColumnInfo> columns,
        @Nullable String comment) {
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
            @Nullable String comment) {}

    /** Returns the three-level name. */
    public List<String> fullName() {
        return List.of(catalog, schema, name);
    }
}
