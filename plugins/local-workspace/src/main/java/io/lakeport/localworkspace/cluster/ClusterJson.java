package io.lakeport.localworkspace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Clusters as the API writes them. */
final class ClusterJson {
    private static final int DEFAULT_EVENTS = 50;
    private static final int MOST_EVENTS = 500;
    private static final Map<String, String> SPARK_VERSIONS = new TreeMap<>(Map.of(
            "14.3.x-scala2.12", "14.3 LTS (includes Apache Spark 3.5.0, Scala 2.12)",
            "15.4.x-scala2.12", "15.4 LTS (includes Apache Spark 3.5.0, Scala 2.12)",
            "16.4.x-scala2.12", "16.4 LTS (includes Apache Spark 3.5.2, Scala 2.12)"));

    private ClusterJson() {}

    static ObjectNode cluster(Cluster cluster) {
        ClusterState state = cluster.state();
        ClusterSpec spec = cluster.spec();
        NodeType type = spec.nodeType();
        int nodes = spec.workers() + 1;
        ObjectNode node = spec.document().deepCopy();
        node.put("cluster_id", cluster.id())
                .put("creator_user_name", cluster.owner())
                .put("cluster_source", "API")
                .put("state", state.name())
                .put("state_message", "")
                .put("start_time", cluster.startedAt().toEpochMilli())
                .put("last_state_loss_time", 0)
                .put("spark_context_id", Math.abs((long) cluster.id().hashCode()))
                .put("jdbc_port", 10_000)
                .put("cluster_cores", (double) type.cores() * nodes)
                .put("cluster_memory_mb", (long) type.memoryMb() * nodes);
        node.putObject("default_tags")
                .put("Vendor", "Databricks")
                .put("Creator", cluster.owner())
                .put("ClusterName", spec.name())
                .put("ClusterId", cluster.id());
        node.set("spec", spec.document());
        Instant ended = cluster.terminatedAt();
        if (ended != null && state == ClusterState.TERMINATED) {
            node.put("terminated_time", ended.toEpochMilli());
            node.putObject("termination_reason").put("code", cluster.reason()).put("type", "SUCCESS");
        }
        return node;
    }

    static ObjectNode events(Cluster cluster, JsonNode body) {
        Set<String> types = new HashSet<>();
        body.path("event_types").forEach(type -> types.add(type.asText()));
        long from = body.path("start_time").asLong(0);
        long to = body.path("end_time").asLong(Long.MAX_VALUE);
        List<Cluster.Event> wanted = new ArrayList<>();
        for (Cluster.Event event : cluster.events()) {
            long at = event.at().toEpochMilli();
            if (at >= from && at <= to && (types.isEmpty() || types.contains(event.type()))) {
                wanted.add(event);
            }
        }
        if (!body.path("order").asText().equals("ASC")) {
            Collections.reverse(wanted);
        }
        int offset =
                Math.max(0, body.path("page_token").asInt(body.path("offset").asInt(0)));
        int limit = body.path("page_size").asInt(body.path("limit").asInt(DEFAULT_EVENTS));
        int start = Math.min(wanted.size(), offset);
        int end = Math.min(wanted.size(), start + Math.max(1, Math.min(MOST_EVENTS, limit)));
        ObjectNode answer = Json.object().put("total_count", wanted.size());
        ArrayNode events = answer.putArray("events");
        for (Cluster.Event event : wanted.subList(start, end)) {
            events.addObject()
                    .put("cluster_id", cluster.id())
                    .put("timestamp", event.at().toEpochMilli())
                    .put("type", event.type())
                    .set("details", event.details());
        }
        if (end < wanted.size()) {
            answer.put("next_page_token", String.valueOf(end));
            ObjectNode next = answer.putObject("next_page");
            next.setAll((ObjectNode) body.deepCopy());
            next.put("offset", end);
        }
        return answer;
    }

    static ObjectNode sparkVersions() {
        ObjectNode answer = Json.object();
        ArrayNode versions = answer.putArray("versions");
        SPARK_VERSIONS.forEach(
                (key, name) -> versions.addObject().put("key", key).put("name", name));
        return answer;
    }

    static ObjectNode nodeTypes() {
        ObjectNode answer = Json.object();
        ArrayNode types = answer.putArray("node_types");
        for (NodeType type : NodeType.values()) {
            types.addObject()
                    .put("node_type_id", type.id())
                    .put("instance_type_id", type.id())
                    .put("description", type.id())
                    .put("num_cores", (double) type.cores())
                    .put("memory_mb", type.memoryMb())
                    .put("num_gpus", 0)
                    .put("category", type.id().startsWith("m") ? "General Purpose" : "Memory Optimized")
                    .put("is_deprecated", false)
                    .put("is_io_cache_enabled", type.id().startsWith("i3"));
        }
        return answer;
    }
}
