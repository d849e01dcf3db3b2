package io.lakeport.localworkspace.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The document in which warehouses survive a restart. */
final class WarehouseJson {
    private WarehouseJson() {}

    /** All that is kept of warehouses. */
    record Document(List<WarehouseChange> changes, List<WarehouseEvent> events, ObjectNode configuration) {}

    static ObjectNode write(Document document) {
        ObjectNode node = Json.object();
        ArrayNode changes = node.putArray("changes");
        for (WarehouseChange change : document.changes()) {
            ObjectNode one = changes.addObject()
                    .put("id", change.warehouseId())
                    .put("at", change.changedAt().toString())
                    .put("deleted", change.deletedAt().isPresent());
            one.set("settings", settings(change.settings()));
        }
        ArrayNode events = node.putArray("events");
        for (WarehouseEvent event : document.events()) {
            events.addObject()
                    .put("id", event.warehouseId())
                    .put("type", event.type())
                    .put("clusters", event.clusters())
                    .put("at", event.at().toString());
        }
        node.set("configuration", document.configuration());
        return node;
    }

    private static ObjectNode settings(WarehouseSettings s) {
        ObjectNode node = Json.object()
                .put("name", s.name())
                .put("size", s.size().name())
                .put("min", s.minClusters())
                .put("max", s.maxClusters())
                .put("autoStop", s.autoStopMinutes())
                .put("type", s.type())
                .put("serverless", s.serverless())
                .put("photon", s.photon())
                .put("spot", s.spotPolicy())
                .put("channel", s.channel())
                .put("profile", s.instanceProfileArn())
                .put("creator", s.creator());
        ObjectNode tags = node.putObject("tags");
        s.tags().forEach(tags::put);
        return node;
    }

    static Document read(JsonNode node) {
        List<WarehouseChange> changes = new ArrayList<>();
        for (JsonNode one : node.path("changes")) {
            Instant at = Instant.parse(one.path("at").asText());
            boolean deleted = one.path("deleted").asBoolean();
            changes.add(new WarehouseChange(
                    one.path("id").asText(),
                    settings(one.path("settings")),
                    at,
                    deleted ? java.util.Optional.of(at) : java.util.Optional.empty()));
        }
        List<WarehouseEvent> events = new ArrayList<>();
        for (JsonNode one : node.path("events")) {
            events.add(new WarehouseEvent(
                    one.path("id").asText(),
                    one.path("type").asText(),
                    one.path("clusters").asInt(),
                    Instant.parse(one.path("at").asText())));
        }
        return new Document(
                changes, events, (ObjectNode) node.path("configuration").deepCopy());
    }

    private static WarehouseSettings settings(JsonNode s) {
        Map<String, String> tags = new LinkedHashMap<>();
        s.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return new WarehouseSettings(
                s.path("name").asText(),
                WarehouseSize.valueOf(s.path("size").asText()),
                s.path("min").asInt(),
                s.path("max").asInt(),
                s.path("autoStop").asInt(),
                s.path("type").asText(),
                s.path("serverless").asBoolean(),
                s.path("photon").asBoolean(),
                s.path("spot").asText(),
                s.path("channel").asText(),
                tags,
                s.path("profile").asText(),
                s.path("creator").asText());
    }
}
