package io.lakeport.localworkspace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * How a column comes by its values when a statement gives none, in the user's words.
 *
 * @param defaultText the expression of DEFAULT, {@code null} for none
 * @param generated the expression of GENERATED ALWAYS AS, {@code null} for none
 * @param identity the counter of an identity column, {@code null} for none
 */
public record ColumnRule(
        @Nullable String defaultText,
        @Nullable String generated,
        @Nullable Identity identity) {
    /** No rule. */
    public static final ColumnRule NONE = new ColumnRule(null, null, null);

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The counter of an identity column.
     *
     * @param always whether statements may not give values themselves
     */
    public record Identity(long start, long step, boolean always) {}

    /** Returns this with another default. */
    public ColumnRule withDefault(@Nullable String text) {
        return new ColumnRule(text, generated, identity);
    }

    /** Returns the rule as JSON. */
    public String json() {
        ObjectNode node = JSON.createObjectNode();
        node.put("default", defaultText);
        node.put("generated", generated);
        if (identity != null) {
            node.putObject("identity")
                    .put("start", identity.start())
                    .put("step", identity.step())
                    .put("always", identity.always());
        }
        return node.toString();
    }

    /** Reads a rule; {@code null} is none. */
    public static ColumnRule parse(@Nullable String json) {
        if (json == null) {
            return NONE;
        }
        try {
            JsonNode node = JSON.readTree(json);
            JsonNode counter = node.path("identity");
            Identity identity = counter.isObject()
                    ? new Identity(
                            counter.get("start").asLong(),
                            counter.get("step").asLong(),
                            counter.get("always").asBoolean())
                    : null;
            return new ColumnRule(text(node, "default"), text(node, "generated"), identity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A column's rule in the catalog is no JSON; the catalog is damaged.", e);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
