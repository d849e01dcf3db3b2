package io.lakeport.localworkspace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/** What DuckDB's COMMENT of a column or table holds: the user's comment, and the type where DuckDB's does not tell it. */
public record Remarks(@Nullable String type, @Nullable String comment) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the remarks of a column. */
    public static Remarks of(SqlType type, @Nullable String comment) {
        return new Remarks(type.followsFromDuck() ? null : type.text(), comment);
    }

    /** Whether there is nothing to remember. */
    public boolean isEmpty() {
        return type == null && comment == null;
    }

    static Remarks parse(@Nullable String text) {
        if (text == null || !text.startsWith("{")) {
            return new Remarks(null, text);
        }
        try {
            JsonNode node = JSON.readTree(text);
            return new Remarks(text(node, "type"), text(node, "comment"));
        } catch (JsonProcessingException e) {
            return new Remarks(null, text);
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
        return node.toString();
    }
}
