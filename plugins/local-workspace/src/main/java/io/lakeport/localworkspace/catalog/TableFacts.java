package io.lakeport.localworkspace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said about a table and DuckDB has no place for; kept as JSON in DuckDB's COMMENT of the table.
 *
 * @param comment the user's comment, {@code null} for none
 * @param properties TBLPROPERTIES in order of their names
 * @param partitioning names of the columns of PARTITIONED BY
 * @param clustering names of the columns of CLUSTER BY
 * @param keys primary and foreign keys, which inform and are not enforced, as in Unity Catalog
 */
public record TableFacts(
        @Nullable String comment,
        Map<String, String> properties,
        List<String> partitioning,
        List<String> clustering,
        List<Key> keys) {
    /** Nothing was said. */
    public static final TableFacts NONE = new TableFacts(null, Map.of(), List.of(), List.of(), List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    public TableFacts {
        properties = properties == null ? Map.of() : new TreeMap<>(properties);
        partitioning = partitioning == null ? List.of() : List.copyOf(partitioning);
        clustering = clustering == null ? List.of() : List.copyOf(clustering);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /**
     * A key.
     *
     * @param parent three-level name of the table that a foreign key names, empty for a primary key
     * @param parentColumns the columns there; empty for a primary key
     */
    public record Key(String name, List<String> columns, List<String> parent, List<String> parentColumns) {
        public Key {
            columns = List.copyOf(columns);
            parent = List.copyOf(parent);
            parentColumns = List.copyOf(parentColumns);
        }

        /** Whether this is the table's primary key. */
        public boolean primary() {
            return parent.isEmpty();
        }
    }

    /** Returns the properties that statements show: those that the workspace itself keeps there are left out. */
    public Map<String, String> shownProperties() {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.keySet().removeIf(name -> name.startsWith("lakeport."));
        return shown;
    }

    /** Returns these facts with other properties. */
    public TableFacts withProperties(Map<String, String> other) {
        return new TableFacts(comment, other, partitioning, clustering, keys);
    }

    /** Returns these facts with other columns in CLUSTER BY. */
    public TableFacts withClustering(List<String> columns) {
        return new TableFacts(comment, properties, partitioning, columns, keys);
    }

    /** Returns these facts with other keys. */
    public TableFacts withKeys(List<Key> other) {
        return new TableFacts(comment, properties, partitioning, clustering, other);
    }

    /** Returns these facts with a column under another name. */
    public TableFacts renamed(String from, String to) {
        List<Key> renamed = keys.stream()
                .map(k -> new Key(k.name(), renamed(k.columns(), from, to), k.parent(), k.parentColumns()))
                .toList();
        return new TableFacts(
                comment, properties, renamed(partitioning, from, to), renamed(clustering, from, to), renamed);
    }

    private static List<String> renamed(List<String> columns, String from, String to) {
        return columns.stream().map(c -> c.equalsIgnoreCase(from) ? to : c).toList();
    }

    /** Returns these facts with another comment. */
    public TableFacts withComment(@Nullable String other) {
        return new TableFacts(other, properties, partitioning, clustering, keys);
    }

    /** Reads facts; a text that is no JSON is a comment. */
    public static TableFacts parse(@Nullable String text) {
        if (text == null || !text.startsWith("{")) {
            return NONE.withComment(text);
        }
        try {
            return JSON.readValue(text, TableFacts.class);
        } catch (JsonProcessingException e) {
            return NONE.withComment(text);
        }
    }

    /** Returns the facts as JSON. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and lists of texts always have a JSON form.", e);
        }
    }
}
