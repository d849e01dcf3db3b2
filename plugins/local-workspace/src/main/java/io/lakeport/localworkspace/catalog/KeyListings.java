package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.List;

/** The answers of SHOW KEYS and SHOW FOREIGN KEYS, with the columns that Databricks' JDBC driver reads. */
final class KeyListings {
    /** JDBC's importedKeyNoAction and importedKeyNotDeferrable, as the keys are not enforced. */
    private static final int NO_ACTION = 3;

    private static final int NOT_DEFERRABLE = 7;

    private KeyListings() {}

    static Listing primary(List<TableInfo> tables) {
        Listing listing = new Listing()
                .strings("catalogName", "namespace", "tableName", "col_name")
                .column("keySeq", SqlType.INT)
                .strings("constraintName");
        for (TableInfo t : tables) {
            for (TableFacts.Key key : t.facts().keys()) {
                for (int i = 0; key.primary() && i < key.columns().size(); i++) {
                    listing.row(List.of(
                            t.catalog(), t.schema(), t.name(), key.columns().get(i), i + 1, key.name()));
                }
            }
        }
        return listing;
    }

    static Listing foreign(List<TableInfo> tables) {
        Listing listing = new Listing()
                .strings("parentCatalogName", "parentNamespace", "parentTableName", "parentColName", "catalogName")
                .strings("namespace", "tableName", "col_name")
                .column("keySeq", SqlType.INT)
                .column("updateRule", SqlType.INT)
                .column("deleteRule", SqlType.INT)
                .strings("constraintName", "parentConstraintName")
                .column("deferrability", SqlType.INT);
        for (TableInfo t : tables) {
            t.facts().keys().stream().filter(k -> !k.primary()).forEach(k -> foreign(listing, t, k));
        }
        return listing;
    }

    private static void foreign(Listing listing, TableInfo t, TableFacts.Key key) {
        for (int i = 0; i < key.columns().size(); i++) {
            String parentColumn = i < key.parentColumns().size()
                    ? key.parentColumns().get(i)
                    : key.columns().get(i);
            listing.row(Arrays.asList(
                    key.parent().get(0),
                    key.parent().get(1),
                    key.parent().get(2),
                    parentColumn,
                    t.catalog(),
                    t.schema(),
                    t.name(),
                    key.columns().get(i),
                    i + 1,
                    NO_ACTION,
                    NO_ACTION,
                    key.name(),
                    null,
                    NOT_DEFERRABLE));
        }
    }
}
