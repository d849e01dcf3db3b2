package io.lakeport.localworkspace.sql.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.sql.type.SqlType;

/** The shape of JSON that a type reads, as {@code JsonTexts.read} takes it. */
final class JsonShapes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonShapes() {}

    static String of(SqlType type) {
        return node(type).toString();
    }

    private static JsonNode node(SqlType type) {
        return switch (type.kind()) {
            case ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                yield array.add(node(type.element()));
            }
            case MAP -> {
                ObjectNode map = NODES.objectNode();
                yield map.set("*", node(type.value()));
            }
            case STRUCT -> {
                ObjectNode struct = NODES.objectNode();
                type.fields().forEach(f -> struct.set(f.name(), node(f.type())));
                yield struct;
            }
            default -> NODES.textNode(type.kind().name());
        };
    }
}
