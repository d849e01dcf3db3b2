package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The views of {@code information_schema} about primary and foreign keys. */
final class InformationKeys {
    private static final String[] CONSTRAINT = {"constraint_catalog", "constraint_schema", "constraint_name"};
    private static final String[] TABLE = {"table_catalog", "table_schema", "table_name"};

    private final InformationTables tables;

    InformationKeys(InformationTables tables) {
        this.tables = tables;
    }

    Optional<Listing> listing(String view) {
        return switch (view) {
            case "table_constraints" -> Optional.of(constraints());
            case "key_column_usage" -> Optional.of(columns());
            case "referential_constraints" -> Optional.of(references());
            case "constraint_table_usage" -> Optional.of(tableUsage());
            case "constraint_column_usage" -> Optional.of(columnUsage());
            case "check_constraints" ->
                Optional.of(new Listing().strings(CONSTRAINT).strings("check_clause", "sql_path"));
            default -> Optional.empty();
        };
    }

    private interface Each {
        void take(TableInfo table, TableFacts.Key key);
    }

    private void each(Each each) {
        for (TableInfo t : tables.all()) {
            t.facts().keys().forEach(k -> each.take(t, k));
        }
    }

    private Listing constraints() {
        Listing listing = new Listing()
                .strings(CONSTRAINT)
                .strings(TABLE)
                .strings("constraint_type", "is_deferrable", "initially_deferred", "enforced", "comment");
        each((t, k) -> listing.row(Arrays.asList(
                t.catalog(),
                t.schema(),
                k.name(),
                t.catalog(),
                t.schema(),
                t.name(),
                k.primary() ? "PRIMARY KEY" : "FOREIGN KEY",
                "YES",
                "YES",
                "NO",
                null)));
        return listing;
    }

    private Listing columns() {
        Listing listing = new Listing()
                .strings(CONSTRAINT)
                .strings(TABLE)
                .strings("column_name")
                .column("ordinal_position", SqlType.INT)
                .column("position_in_unique_constraint", SqlType.INT);
        each((t, k) -> {
            for (int i = 0; i < k.columns().size(); i++) {
                Integer inParent = k.primary() ? null : Integer.valueOf(i + 1);
                listing.row(Arrays.asList(
                        t.catalog(),
                        t.schema(),
                        k.name(),
                        t.catalog(),
                        t.schema(),
                        t.name(),
                        k.columns().get(i),
                        i + 1,
                        inParent));
            }
        });
        return listing;
    }

    private Listing references() {
        Listing listing = new Listing()
                .strings(CONSTRAINT)
                .strings("unique_constraint_catalog", "unique_constraint_schema", "unique_constraint_name")
                .strings("match_option", "update_rule", "delete_rule");
        each((t, k) -> {
            if (!k.primary()) {
                List<String> parent = k.parent();
                listing.row(Arrays.asList(
                        t.catalog(),
                        t.schema(),
                        k.name(),
                        parent.get(0),
                        parent.get(1),
                        primaryOf(parent),
                        "FULL",
                        "NO ACTION",
                        "NO ACTION"));
            }
        });
        return listing;
    }

    /** Returns the name of a table's primary key, {@code null} when it is not visible or has none. */
    private @Nullable String primaryOf(List<String> table) {
        return tables.all().stream()
                .filter(t -> t.fullName().equals(table))
                .flatMap(t -> t.facts().keys().stream())
                .filter(TableFacts.Key::primary)
                .map(TableFacts.Key::name)
                .findFirst()
                .orElse(null);
    }

    private Listing tableUsage() {
        Listing listing = new Listing().strings(TABLE).strings(CONSTRAINT);
        each((t, k) -> {
            List<String> used = k.primary() ? t.fullName() : k.parent();
            listing.row(Arrays.asList(used.get(0), used.get(1), used.get(2), t.catalog(), t.schema(), k.name()));
        });
        return listing;
    }

    private Listing columnUsage() {
        Listing listing = new Listing().strings(TABLE).strings("column_name").strings(CONSTRAINT);
        each((t, k) -> {
            List<String> used = k.primary() ? t.fullName() : k.parent();
            for (String column : k.primary() || k.parentColumns().isEmpty() ? k.columns() : k.parentColumns()) {
                listing.row(Arrays.asList(
                        used.get(0), used.get(1), used.get(2), column, t.catalog(), t.schema(), k.name()));
            }
        });
        return listing;
    }
}
