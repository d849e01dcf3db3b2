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
            @Nullable String comment) {}

    /** Returns the user's comment, {@code null} for none. */
    public @Nullable String comment() {
        return facts.comment();
    }

    /** Returns the three-level name. */
    public List<String> fullName() {
        return List.of(catalog, schema, name);
    }
}
