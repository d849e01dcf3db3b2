package io.lakeport.localworkspace.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table or view of a catalog.
 *
 * @param name catalog, schema and table in lower case
 * @param comment {@code null} for none
 * @param properties TBLPROPERTIES
 */
public record CatalogTable(
        List<String> name,
        boolean view,
        @Nullable String comment,
        Map<String, String> properties,
        List<Column> columns,
        List<Key> keys) {
    public CatalogTable {
        name = List.copyOf(name);
        properties = Map.copyOf(properties);
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /**
     * A column.
     *
     * @param typeText for example {@code decimal(10,2)}
     * @param typeName for example {@code DECIMAL}
     * @param typeJson the type in Spark's JSON form, a JSON value, for example {@code "integer"} with its quotes
     * @param precision digits of a DECIMAL, otherwise 0
     * @param scale digits after the point of a DECIMAL, otherwise 0
     * @param comment {@code null} for none
     * @param partitionIndex place in PARTITIONED BY from 0, -1 for none
     */
    public record Column(
            String name,
            String typeText,
            String typeName,
            String typeJson,
            int precision,
            int scale,
            boolean nullable,
            @Nullable String comment,
            int partitionIndex) {}

    /**
     * A primary or foreign key.
     *
     * @param parent three-level name of the table that a foreign key names, empty for a primary key
     */
    public record Key(String name, List<String> columns, List<String> parent, List<String> parentColumns) {
        public Key {
            columns = List.copyOf(columns);
            parent = List.copyOf(parent);
            parentColumns = List.copyOf(parentColumns);
        }
    }
}
