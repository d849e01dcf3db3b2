package io.lakeport.localworkspace.cluster;

import io.lakeport.localworkspace.system.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * How a cluster was set from some time on, as {@code system.compute.clusters} tells it.
 *
 * @param clusterId the cluster
 * @param name its name
 * @param owner who owns it
 * @param source UI, API or JOB
 * @param nodeType type of driver and workers
 * @param workers number of workers, or the least of an autoscaling cluster
 * @param maxWorkers the most workers of an autoscaling cluster, empty for a fixed size
 * @param autoTerminationMinutes idle minutes after which it ends, 0 for never
 * @param sparkVersion runtime, for example {@code 15.4.x-scala2.12}
 * @param tags its custom tags
 * @param createdAt when it was created
 * @param changedAt when this took effect
 * @param deletedAt when it was deleted for good, empty while it exists
 */
public record ClusterFacts(
        String clusterId,
        String name,
        String owner,
        String source,
        NodeType nodeType,
        int workers,
        Optional<Integer> maxWorkers,
        int autoTerminationMinutes,
        String sparkVersion,
        Map<String, String> tags,
        Instant createdAt,
        Instant changedAt,
        Optional<Instant> deletedAt) {
    public ClusterFacts {
        tags = Map.copyOf(tags);
    }

    /** Returns its row. */
    public Row row() {
        return Row.ofWorkspace()
                .put("cluster_id", clusterId)
                .put("cluster_name", name)
                .put("owned_by", owner)
                .put("create_time", createdAt)
                .put("delete_time", deletedAt.orElse(null))
                .put("driver_node_type", nodeType.id())
                .put("worker_node_type", nodeType.id())
                .put("worker_count", maxWorkers.isPresent() ? null : Long.valueOf(workers))
                .put("min_autoscale_workers", maxWorkers.isPresent() ? Long.valueOf(workers) : null)
                .put("max_autoscale_workers", maxWorkers.map(Long::valueOf).orElse(null))
                .put("auto_termination_minutes", (long) autoTerminationMinutes)
                .put("enable_elastic_disk", true)
                .put("tags", tags)
                .put("cluster_source", source)
                .put("aws_attributes", Map.of("availability", "SPOT_WITH_FALLBACK", "zone_id", "us-east-1a"))
                .put("dbr_version", sparkVersion)
                .put("change_time", changedAt)
                .put("change_date", LocalDate.ofInstant(changedAt, ZoneOffset.UTC))
                .put("data_security_mode", "USER_ISOLATION");
    }
}
