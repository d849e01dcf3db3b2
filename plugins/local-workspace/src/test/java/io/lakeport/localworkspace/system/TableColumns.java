package io.lakeport.localworkspace.system;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The columns that all system tables must have, for tests. */
public final class TableColumns {
    private TableColumns() {}

    /** Returns the types by column by table, as DESCRIBE writes them. */
    public static Map<String, Map<String, String>> all() {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        SystemColumns.byTable().forEach((table, columns) -> {
            Map<String, String> types = new LinkedHashMap<>();
            columns.forEach(column -> types.put(
                    column.name(),
                    column.typeText()
                            .toLowerCase(Locale.ROOT)
                            .replace(": ", ":")
                            .replace(", ", ",")));
            tables.put(table, types);
        });
        return tables;
    }
}
