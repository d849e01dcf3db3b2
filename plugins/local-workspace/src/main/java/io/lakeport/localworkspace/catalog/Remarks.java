package io.lakeport.localworkspace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * What DuckDB's COMMENT of a column holds.
 *
 * @param type its type where DuckDB's does not tell it
 * @param comment the user's comment
 * @param rule where its values come from when a statement gives none
 */
public record Remarks(@Nullable String type, @Nullable String comment, ColumnRule rule) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the remarks of a column. */
    public static Remarks of(SqlType type, @Nullable String comment) {
        return of(type, comment, ColumnRule.NONE);
    }

    /** Returns the remarks of a column whose values may come from a rule. */
    public static Remarks of(SqlType type, @Nullable String comment, ColumnRule rule) {
        return new Remarks(type.followsFromDuck() ? null : type.text(), comment, rule);
    }

    /** Whether there is nothing to remember. */
    public boolean isEmpty() {
        return type == null && comment == null && rule.equals(ColumnRule.NONE);
    }

    static Remarks parse(@Nullable String text) {
        if (text == null || !text.startsWith("{")) {
            return new Remarks(null, text, ColumnRule.NONE);
        }
        try {
            JsonNode node = JSON.readTree(text);
            return new Remarks(text(node, "type"), text(node, "comment"), ColumnRule.parse(text(node, "rule")));
        } catch (JsonProcessingException e) {
            return new Remarks(null, text, ColumnRule.NONE);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }

    /** Returns the remarks as JSON. */
    public String json() {
        ObjectNode node = JSON.createObjectNode();
        if (type != null) {
            node.put("type", type);
        }
        if (comment != null) {
            node.put("comment", comment);
        }
        if (!rule.equals(ColumnRule.NONE)) {
            node.put("rule", rule.json());
        }
        return node.toString();
    }
}
