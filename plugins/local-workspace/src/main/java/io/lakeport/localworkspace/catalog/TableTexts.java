package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Tables in words: DESCRIBE TABLE and SHOW CREATE TABLE. */
public final class TableTexts {
    private TableTexts() {}

    /** Returns the rows of DESCRIBE TABLE. */
    public static Listing describe(TableInfo info, boolean extended) {
        Listing listing = new Listing().strings("col_name", "data_type", "comment");
        info.columns().forEach(c -> listing.row(Arrays.asList(c.name(), c.type().catalogText(), c.comment())));
        if (extended) {
            listing.row(Arrays.asList("", "", ""));
            listing.row(Arrays.asList("# Detailed Table Information", "", ""));
            listing.row(Arrays.asList("Catalog", info.catalog(), ""));
            listing.row(Arrays.asList("Database", info.schema(), ""));
            listing.row(Arrays.asList("Table", info.name(), ""));
            listing.row(Arrays.asList("Type", info.view() ? "VIEW" : "MANAGED", ""));
            listing.row(Arrays.asList("Comment", info.comment(), ""));
            listing.row(Arrays.asList("Provider", info.view() ? "" : "delta", ""));
        }
        return listing;
    }

    /** Returns a statement that would create the table again. */
    public static String create(TableInfo info) {
        String columns = info.columns().stream()
                .map(c -> "  " + name(c.name()) + " " + c.type().text() + (c.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(",\n"));
        String kind = info.view() ? "VIEW" : "TABLE";
        String table = info.fullName().stream().map(TableTexts::name).collect(Collectors.joining("."));
        return "CREATE " + kind + " " + table + " (\n" + columns + ")\n" + (info.view() ? "" : "USING delta\n");
    }

    private static String name(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : Identifiers.backticked(name);
    }
}
