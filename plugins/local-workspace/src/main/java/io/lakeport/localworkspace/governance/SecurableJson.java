package io.lakeport.localworkspace.governance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The form in which objects are kept in the workspace's state. */
final class SecurableJson {
    private SecurableJson() {}

    static ObjectNode name(Securable securable) {
        ObjectNode node = Json.object().put("type", securable.type().name());
        securable.name().forEach(node.putArray("name")::add);
        return node;
    }

    static Securable readName(JsonNode node) {
        List<String> name = new ArrayList<>();
        node.path("name").forEach(n -> name.add(n.asText()));
        return new Securable(SecurableType.valueOf(node.path("type").asText()), name);
    }

    static ObjectNode write(SecurableInfo info) {
        ObjectNode node = name(info.securable())
                .put("id", info.id())
                .put("owner", info.owner())
                .put("created_at", info.createdAt())
                .put("created_by", info.createdBy())
                .put("updated_at", info.updatedAt())
                .put("updated_by", info.updatedBy());
        if (info.comment() != null) {
            node.put("comment", info.comment());
        }
        put(node.putObject("properties"), info.properties());
        put(node.putObject("details"), info.details());
        return node;
    }

    private static void put(ObjectNode node, Map<String, String> texts) {
        new TreeMap<>(texts).forEach((String k, String v) -> node.put(k, v));
    }

    static SecurableInfo read(JsonNode node) {
        return new SecurableInfo(
                readName(node),
                node.path("id").asText(),
                node.path("owner").asText(),
                node.path("created_at").asLong(),
                node.path("created_by").asText(),
                node.path("updated_at").asLong(),
                node.path("updated_by").asText(),
                node.has("comment") ? node.path("comment").asText() : null,
                texts(node.path("properties")),
                texts(node.path("details")));
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }
}
