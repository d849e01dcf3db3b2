package io.lakeport.localworkspace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a cluster is set, as the API's document, checked.
 *
 * @param document the document with defaults filled in; not to be changed
 */
record ClusterSpec(ObjectNode document) {
    private static final int DEFAULT_AUTO_TERMINATION = 120;
    private static final int SHORTEST_AUTO_TERMINATION = 10;
    private static final int LONGEST_AUTO_TERMINATION = 10_000;

    /**
     * Reads a request to create or edit a cluster.
     *
     * @throws ApiException INVALID_PARAMETER_VALUE when a cluster cannot be made of it
     */
    static ClusterSpec read(JsonNode body) {
        ObjectNode document = body.deepCopy();
        document.remove("cluster_id");
        require(document, "spark_version");
        if (!document.has("instance_pool_id")) {
            require(document, "node_type_id");
        }
        boolean single = document.path("is_single_node").asBoolean();
        if (!document.has("num_workers") && !document.has("autoscale") && !single) {
            throw ApiException.invalid("Missing required field: size; set num_workers or autoscale.");
        }
        if (!document.has("driver_node_type_id") && document.has("node_type_id")) {
            document.put("driver_node_type_id", document.path("node_type_id").asText());
        }
        if (!document.has("autotermination_minutes")) {
            document.put("autotermination_minutes", DEFAULT_AUTO_TERMINATION);
        }
        if (!document.has("cluster_name")) {
            document.put("cluster_name", "");
        }
        ClusterSpec spec = new ClusterSpec(document);
        spec.check();
        return spec;
    }

    private static void require(JsonNode document, String field) {
        if (!document.hasNonNull(field)) {
            throw ApiException.invalid("Missing required field: " + field);
        }
    }

    private void check() {
        if (!document.has("instance_pool_id")
                && NodeType.of(document.path("node_type_id").asText()).isEmpty()) {
            throw ApiException.invalid(
                    "Node type " + document.path("node_type_id").asText() + " is not supported; see list-node-types.");
        }
        int minutes = autoTerminationMinutes();
        if (minutes != 0 && (minutes < SHORTEST_AUTO_TERMINATION || minutes > LONGEST_AUTO_TERMINATION)) {
            throw ApiException.invalid("autotermination_minutes must be 0, or from " + SHORTEST_AUTO_TERMINATION
                    + " to " + LONGEST_AUTO_TERMINATION + ", but was " + minutes + ".");
        }
        JsonNode scale = document.path("autoscale");
        if (workers() < 0 || scale.isObject() && scale.path("max_workers").asInt() < workers()) {
            throw ApiException.invalid(
                    "The number of workers must not be negative, nor max_workers below min_workers.");
        }
    }

    /** Returns the same with another size. */
    ClusterSpec resized(JsonNode body) {
        ObjectNode changed = document.deepCopy();
        changed.remove("num_workers");
        changed.remove("autoscale");
        for (String field : new String[] {"num_workers", "autoscale"}) {
            if (body.hasNonNull(field)) {
                changed.set(field, body.get(field));
            }
        }
        return read(changed);
    }

    String name() {
        return document.path("cluster_name").asText();
    }

    /** Returns the workers that run at first. */
    int workers() {
        return document.has("autoscale")
                ? document.path("autoscale").path("min_workers").asInt(1)
                : document.path("num_workers").asInt(0);
    }

    Optional<Integer> maxWorkers() {
        return document.has("autoscale")
                ? Optional.of(document.path("autoscale").path("max_workers").asInt(1))
                : Optional.empty();
    }

    int autoTerminationMinutes() {
        return document.path("autotermination_minutes").asInt();
    }

    NodeType nodeType() {
        return NodeType.of(document.path("node_type_id").asText()).orElse(NodeType.M5D_LARGE);
    }

    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        document.path("custom_tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }
}
