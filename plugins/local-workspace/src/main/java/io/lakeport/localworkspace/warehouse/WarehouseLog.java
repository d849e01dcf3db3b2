package io.lakeport.localworkspace.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to warehouses and how they were set, kept over restarts. Bounded and thread-safe. */
final class WarehouseLog {
    private static final String DOCUMENT = "warehouses";
    private static final int CAPACITY = 20_000;

    private final List<WarehouseEvent> events = new ArrayList<>();
    private final List<WarehouseChange> changes = new ArrayList<>();
    private ObjectNode configuration = defaultConfiguration();
    private @Nullable StateFiles state;

    private static ObjectNode defaultConfiguration() {
        ObjectNode node =
                Json.object().put("security_policy", "DATA_ACCESS_CONTROL").put("enable_serverless_compute", true);
        node.putObject("channel").put("name", "CHANNEL_NAME_CURRENT");
        node.putArray("data_access_config");
        node.putObject("sql_configuration_parameters").putArray("configuration_pairs");
        for (String type : List.of("CLASSIC", "PRO")) {
            node.withArray("enabled_warehouse_types")
                    .addObject()
                    .put("warehouse_type", type)
                    .put("enabled", true);
        }
        return node;
    }

    synchronized void add(WarehouseEvent event) {
        trim(events);
        events.add(event);
        if (!event.type().startsWith("SCALED")) {
            save();
        }
    }

    synchronized void changed(String id, WarehouseSettings settings, Instant now, boolean deleted) {
        trim(changes);
        changes.add(new WarehouseChange(id, settings, now, deleted ? Optional.of(now) : Optional.empty()));
        save();
    }

    private static void trim(List<?> list) {
        if (list.size() >= CAPACITY) {
            list.subList(0, CAPACITY / 2).clear();
        }
    }

    synchronized List<WarehouseEvent> events() {
        return List.copyOf(events);
    }

    synchronized List<WarehouseChange> changes() {
        return List.copyOf(changes);
    }

    synchronized ObjectNode configuration() {
        return configuration.deepCopy();
    }

    synchronized void configure(JsonNode fields) {
        fields.properties().forEach(field -> configuration.set(field.getKey(), field.getValue()));
        save();
    }

    /** Returns the settings of an earlier run's warehouses by id, and keeps everything there from now on. */
    synchronized Map<String, WarehouseSettings> restore(StateFiles files) {
        state = files;
        Map<String, WarehouseSettings> settings = new LinkedHashMap<>();
        Optional<JsonNode> document = files.read(DOCUMENT);
        if (document.isPresent()) {
            WarehouseJson.Document earlier = WarehouseJson.read(document.get());
            earlier.changes().forEach(change -> {
                settings.put(change.warehouseId(), change.settings());
                change.deletedAt().ifPresent(at -> settings.remove(change.warehouseId()));
            });
            changes.addAll(0, earlier.changes());
            events.addAll(0, closed(earlier.events()));
            configuration = earlier.configuration();
        }
        save();
        return settings;
    }

    /** After a crash nobody knows how long a warehouse ran: it counts as stopped at the last thing known of it. */
    private static List<WarehouseEvent> closed(List<WarehouseEvent> earlier) {
        Map<String, WarehouseEvent> last = new LinkedHashMap<>();
        earlier.forEach(event -> last.put(event.warehouseId(), event));
        List<WarehouseEvent> all = new ArrayList<>(earlier);
        for (WarehouseEvent event : last.values()) {
            if (!event.type().equals("STOPPED")) {
                all.add(new WarehouseEvent(event.warehouseId(), "STOPPED", 0, event.at()));
            }
        }
        return all;
    }

    synchronized void save() {
        if (state != null) {
            state.write(DOCUMENT, WarehouseJson.write(new WarehouseJson.Document(changes, events, configuration)));
        }
    }
}
