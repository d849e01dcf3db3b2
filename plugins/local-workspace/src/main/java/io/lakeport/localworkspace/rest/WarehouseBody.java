package io.lakeport.localworkspace.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.warehouse.Warehouse;
import io.lakeport.localworkspace.warehouse.WarehouseSettings;
import io.lakeport.localworkspace.warehouse.WarehouseSize;
import io.lakeport.localworkspace.warehouse.WarehouseState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warehouses as the API's bodies write them. The limits are those that the API's reference states. */
final class WarehouseBody {
    private static final int MAX_CLUSTERS = 40;
    private static final int MAX_MIN_CLUSTERS = 30;
    private static final int SHORTEST_STOP = 10;
    private static final int NAME_LENGTH = 100;
    private static final List<String> TYPES = List.of("TYPE_UNSPECIFIED", "CLASSIC", "PRO");
    private static final List<String> SPOT = List.of("POLICY_UNSPECIFIED", "COST_OPTIMIZED", "RELIABILITY_OPTIMIZED");
    private static final List<String> CHANNELS =
            List.of("CHANNEL_NAME_CURRENT", "CHANNEL_NAME_PREVIEW", "CHANNEL_NAME_PREVIOUS", "CHANNEL_NAME_CUSTOM");

    private final JsonNode body;
    private final WarehouseSettings before;

    private WarehouseBody(JsonNode body, WarehouseSettings before) {
        this.body = body;
        this.before = before;
    }

    /** Reads settings; what the body does not say stays as it was. */
    static WarehouseSettings read(JsonNode body, WarehouseSettings before) {
        return new WarehouseBody(body, before).settings();
    }

    private WarehouseSettings settings() {
        boolean serverless = flag("enable_serverless_compute", before.serverless());
        String type = oneOf("warehouse_type", before.type(), TYPES);
        type = type.equals("TYPE_UNSPECIFIED") ? "CLASSIC" : type;
        if (serverless && !type.equals("PRO")) {
            throw ApiException.invalid("Serverless compute is only supported for PRO warehouses; set warehouse_type to"
                    + " PRO or enable_serverless_compute to false.");
        }
        int min = number("min_num_clusters", before.minClusters());
        int max = number("max_num_clusters", Math.max(min, before.maxClusters()));
        checkClusters(min, max);
        String name = Json.text(body, "name").orElse(before.name());
        if (name.isEmpty() || name.length() >= NAME_LENGTH) {
            throw ApiException.invalid("name must have from 1 to " + (NAME_LENGTH - 1) + " characters.");
        }
        return new WarehouseSettings(
                name,
                size(),
                min,
                max,
                autoStop(serverless),
                type,
                serverless,
                flag("enable_photon", before.photon()),
                oneOf("spot_instance_policy", before.spotPolicy(), SPOT),
                oneOf(body.path("channel"), "name", before.channel(), CHANNELS),
                tags(),
                Json.text(body, "instance_profile_arn").orElse(before.instanceProfileArn()),
                Json.text(body, "creator_name").orElse(before.creator()));
    }

    private WarehouseSize size() {
        String text = Json.text(body, "cluster_size").orElse(before.size().apiName());
        return WarehouseSize.of(text)
                .orElseThrow(() -> ApiException.invalid(
                        "'" + text + "' is not a cluster_size; supported are " + WarehouseSize.apiNames() + "."));
    }

    private static void checkClusters(int min, int max) {
        if (min < 1 || min > MAX_MIN_CLUSTERS) {
            throw ApiException.invalid(
                    "min_num_clusters must be from 1 to " + MAX_MIN_CLUSTERS + ", but was " + min + ".");
        }
        if (max < min || max > MAX_CLUSTERS) {
            throw ApiException.invalid("max_num_clusters must be from min_num_clusters (" + min + ") to " + MAX_CLUSTERS
                    + ", but was " + max + ".");
        }
    }

    private int autoStop(boolean serverless) {
        int minutes = number("auto_stop_mins", before.autoStopMinutes());
        int shortest = serverless ? 1 : SHORTEST_STOP;
        if (minutes != 0 && minutes < shortest) {
            throw ApiException.invalid("auto_stop_mins must be 0 for never, or at least " + shortest + " for "
                    + (serverless ? "a serverless" : "this") + " warehouse, but was " + minutes + ".");
        }
        return minutes;
    }

    private int number(String field, int otherwise) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        // Older clients send numbers as texts.
        if (!value.asText().matches("-?\\d{1,9}")) {
            throw ApiException.invalid(field + " must be a whole number, but was " + value + ".");
        }
        return Integer.parseInt(value.asText());
    }

    private boolean flag(String field, boolean otherwise) {
        return body.path(field).asBoolean(otherwise);
    }

    private String oneOf(String field, String otherwise, List<String> allowed) {
        return oneOf(body, field, otherwise, allowed);
    }

    private static String oneOf(JsonNode object, String field, String otherwise, List<String> allowed) {
        String value = Json.text(object, field).orElse(otherwise);
        if (!allowed.contains(value)) {
            throw ApiException.invalid("'" + value + "' is not a " + field + "; supported are " + allowed + ".");
        }
        return value;
    }

    private Map<String, String> tags() {
        if (!body.has("tags")) {
            return before.tags();
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonNode tag : body.path("tags").path("custom_tags")) {
            tags.put(tag.path("key").asText(), tag.path("value").asText());
        }
        return tags;
    }

    /** Writes a warehouse. */
    static ObjectNode write(Warehouse warehouse, int sessions, String base) {
        WarehouseSettings settings = warehouse.settings();
        WarehouseState state = warehouse.state();
        String host = base.replaceFirst("^https?://", "").replaceFirst(":\\d+$", "");
        String httpPath = "/sql/1.0/warehouses/" + warehouse.id();
        ObjectNode node = Json.object().put("id", warehouse.id());
        putSettings(node, settings);
        node.put("state", state.name())
                .put("num_clusters", warehouse.clusters())
                .put("num_active_sessions", sessions)
                .put(
                        "jdbc_url",
                        "jdbc:databricks://" + host + ":443/default;transportMode=http;ssl=1;AuthMech=3;httpPath="
                                + httpPath + ";");
        node.putObject("odbc_params")
                .put("hostname", host)
                .put("path", httpPath)
                .put("protocol", "https")
                .put("port", 443);
        putHealth(node.putObject("health"), warehouse, state);
        return node;
    }

    private static void putHealth(ObjectNode health, Warehouse warehouse, WarehouseState state) {
        String failure = warehouse.startFailure();
        if (failure == null) {
            health.put("status", state == WarehouseState.RUNNING ? "HEALTHY" : "STATUS_UNSPECIFIED");
            return;
        }
        health.put("status", "FAILED").put("summary", "Warehouse cannot start").put("message", failure);
        health.putObject("failure_reason")
                .put("code", "CLOUD_PROVIDER_LAUNCH_FAILURE")
                .put("type", "CLOUD_FAILURE");
    }

    private static void putSettings(ObjectNode node, WarehouseSettings settings) {
        node.put("name", settings.name())
                .put("size", settings.size().name())
                .put("cluster_size", settings.size().apiName())
                .put("min_num_clusters", settings.minClusters())
                .put("max_num_clusters", settings.maxClusters())
                .put("auto_stop_mins", settings.autoStopMinutes())
                .put("enable_photon", settings.photon())
                .put("enable_serverless_compute", settings.serverless())
                .put("warehouse_type", settings.type())
                .put("spot_instance_policy", settings.spotPolicy())
                .put("creator_name", settings.creator());
        if (!settings.instanceProfileArn().isEmpty()) {
            node.put("instance_profile_arn", settings.instanceProfileArn());
        }
        node.putObject("channel").put("name", settings.channel());
        ArrayNode tags = node.putObject("tags").putArray("custom_tags");
        settings.tags().forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    }
}
