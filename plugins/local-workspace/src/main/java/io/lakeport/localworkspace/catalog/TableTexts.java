package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables in words: DESCRIBE TABLE and SHOW CREATE TABLE. */
public final class TableTexts {
    private static final List<String> COLUMN_STATISTICS =
            List.of("min", "max", "num_nulls", "distinct_count", "avg_col_len", "max_col_len", "histogram");

    private TableTexts() {}

    /**
     * Returns the rows of DESCRIBE TABLE.
     *
     * @param view what is told of a view when all is asked for, by name
     */
    public static Listing describe(TableInfo info, boolean extended, Map<String, String> view) {
        Listing listing = new Listing().strings("col_name", "data_type", "comment");
        info.columns().forEach(c -> listing.row(Arrays.asList(c.name(), c.type().catalogText(), c.comment())));
        if (!info.facts().partitioning().isEmpty()) {
            section(listing, "# Partition Information");
            listing.row(Arrays.asList("# col_name", "data_type", "comment"));
            info.columns().stream()
                    .filter(c -> info.facts().partitioning().stream().anyMatch(c.name()::equalsIgnoreCase))
                    .forEach(c -> listing.row(Arrays.asList(c.name(), c.type().catalogText(), c.comment())));
        }
        if (extended) {
            extended(listing, info, view);
        }
        return listing;
    }

    /**
     * Returns the rows of DESCRIBE TABLE with the name of a column.
     *
     * @throws EngineException UNRESOLVED_COLUMN when the table has no such column
     */
    public static Listing describeColumn(TableInfo info, List<String> name, boolean extended) {
        if (name.size() > 1) {
            throw SqlErrors.of(
                    "UNSUPPORTED_FEATURE.DESC_TABLE_COLUMN_NESTED",
                    "0A000",
                    "The feature is not supported: DESC TABLE COLUMN for a nested column: "
                            + Identifiers.backticked(name) + ".");
        }
        TableInfo.ColumnInfo column = info.columns().stream()
                .filter(c -> c.name().equalsIgnoreCase(name.get(0)))
                .findFirst()
                .orElseThrow(() -> SqlErrors.of(
                        "COLUMN_NOT_FOUND",
                        "42703",
                        "The column " + Identifiers.backticked(name.get(0))
                                + " cannot be found. Verify the spelling and " + "correctness of the column name."));
        Listing listing = new Listing()
                .strings("info_name", "info_value")
                .row(List.of("col_name", column.name()))
                .row(List.of("data_type", column.type().catalogText()))
                .row(Arrays.asList("comment", column.comment() == null ? "NULL" : column.comment()));
        if (extended) {
            // Statistics are not kept, which Databricks shows like this too as long as nobody ran ANALYZE TABLE.
            COLUMN_STATISTICS.forEach(s -> listing.row(List.of(s, "NULL")));
        }
        return listing;
    }

    /** Returns the text that SHOW TABLE EXTENDED tells of a table. */
    public static String information(TableInfo info) {
        StringBuilder text = new StringBuilder("Catalog: " + info.catalog() + "\nDatabase: " + info.schema()
                + "\nTable: " + info.name() + "\nType: " + (info.view() ? "VIEW" : "MANAGED") + "\n");
        if (info.comment() != null) {
            text.append("Comment: ").append(info.comment()).append('\n');
        }
        if (!info.view()) {
            text.append("Provider: delta\n");
        }
        return text.append("Schema: " + SchemaTree.of(info) + "\n").toString();
    }

    private static void section(Listing listing, String title) {
        listing.row(Arrays.asList("", "", ""));
        listing.row(Arrays.asList(title, "", ""));
    }

    private static void extended(Listing listing, TableInfo info, Map<String, String> view) {
        TableFacts facts = info.facts();
        section(listing, "# Detailed Table Information");
        listing.row(Arrays.asList("Catalog", info.catalog(), ""));
        listing.row(Arrays.asList("Database", info.schema(), ""));
        listing.row(Arrays.asList("Table", info.name(), ""));
        listing.row(Arrays.asList("Type", info.view() ? "VIEW" : "MANAGED", ""));
        if (info.comment() != null) {
            listing.row(Arrays.asList("Comment", info.comment(), ""));
        }
        listing.row(Arrays.asList("Provider", info.view() ? "" : "delta", ""));
        if (info.view()) {
            view.forEach((name, text) -> listing.row(Arrays.asList(name, text, "")));
        }
        if (!facts.clustering().isEmpty()) {
            listing.row(Arrays.asList("Clustering Columns", names(facts.clustering()), ""));
        }
        if (!facts.shownProperties().isEmpty()) {
            String properties = facts.shownProperties().entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining(",", "[", "]"));
            listing.row(Arrays.asList("Table Properties", properties, ""));
        }
        if (!facts.keys().isEmpty()) {
            section(listing, "# Constraints");
            facts.keys().forEach(k -> listing.row(Arrays.asList(k.name(), key(k), "")));
        }
    }

    private static String key(TableFacts.Key key) {
        return key.primary()
                ? "PRIMARY KEY " + names(key.columns())
                : "FOREIGN KEY " + names(key.columns()) + " REFERENCES "
                        + key.parent().stream().map(Identifiers::backticked).collect(Collectors.joining(".")) + " "
                        + names(key.parentColumns());
    }

    private static String names(List<String> names) {
        return names.stream().map(Identifiers::backticked).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Returns a statement that would create the table again. */
    public static String create(TableInfo info) {
        List<String> lines = new ArrayList<>();
        for (TableInfo.ColumnInfo c : info.columns()) {
            String type = " " + c.type().text() + (c.nullable() ? "" : " NOT NULL");
            String comment = c.comment() == null ? "" : " COMMENT " + literal(c.comment());
            lines.add("  " + name(c.name()) + type + comment);
        }
        TableFacts facts = info.facts();
        facts.keys().forEach(k -> lines.add("  CONSTRAINT " + Identifiers.backticked(k.name()) + " " + key(k)));
        String table = info.fullName().stream().map(TableTexts::name).collect(Collectors.joining("."));
        StringBuilder sql = new StringBuilder("CREATE " + (info.view() ? "VIEW " : "TABLE ") + table + " (\n");
        sql.append(String.join(",\n", lines)).append(")\n").append(info.view() ? "" : "USING delta\n");
        if (!facts.partitioning().isEmpty()) {
            sql.append("PARTITIONED BY ").append(names(facts.partitioning())).append('\n');
        }
        if (!facts.clustering().isEmpty()) {
            sql.append("CLUSTER BY ").append(names(facts.clustering())).append('\n');
        }
        String comment = facts.comment();
        if (comment != null) {
            sql.append("COMMENT ").append(literal(comment)).append('\n');
        }
        if (!facts.shownProperties().isEmpty()) {
            sql.append(facts.shownProperties().entrySet().stream()
                    .map(e -> "  " + literal(e.getKey()) + " = " + literal(e.getValue()))
                    .collect(Collectors.joining(",\n", "TBLPROPERTIES (\n", ")\n")));
        }
        return sql.toString();
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String name(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : Identifiers.backticked(name);
    }
}
