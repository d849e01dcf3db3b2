package io.lakeport.localworkspace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.billing.HourSlices;
import io.lakeport.localworkspace.billing.Sku;
import io.lakeport.localworkspace.billing.UsageRecord;
import io.lakeport.localworkspace.billing.UsageSource;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The clusters of the workspace; after a restart they are terminated. Thread-safe. */
public final class Clusters implements UsageSource {
    private static final String DOCUMENT = "clusters";
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("MMdd-HHmmss-").withZone(ZoneOffset.UTC);

    private final StateFiles state;
    private final Duration startup;
    private final Clock clock;
    private final Map<String, Cluster> byId = new LinkedHashMap<>();
    private final List<ClusterFacts> changes = new ArrayList<>();
    private final List<Cluster> deleted = new ArrayList<>();

    /**
     * Reads the clusters of an earlier run.
     *
     * @param startup time that a cluster needs to start
     */
    public Clusters(StateFiles state, Duration startup, Clock clock) {
        this.state = state;
        this.startup = startup;
        this.clock = clock;
        state.read(DOCUMENT)
                .ifPresent(document -> document.forEach(one -> {
                    ClusterSpec spec = new ClusterSpec(one.path("spec").deepCopy());
                    Instant created = Instant.parse(one.path("createdAt").asText());
                    Cluster cluster = new Cluster(
                            one.path("id").asText(), one.path("owner").asText(), spec, created, startup, clock);
                    byId.put(cluster.id(), cluster);
                    changes.add(facts(cluster, created, false));
                }));
    }

    synchronized Cluster create(String owner, JsonNode body) {
        Instant now = clock.instant();
        String id = ID.format(now) + UUID.randomUUID().toString().substring(0, 8);
        Cluster cluster = new Cluster(id, owner, ClusterSpec.read(body), now, startup, clock);
        byId.put(id, cluster);
        cluster.start("CREATING");
        changed(cluster, false);
        return cluster;
    }

    synchronized void changed(Cluster cluster, boolean gone) {
        if (gone) {
            byId.remove(cluster.id());
            cluster.terminate();
            deleted.add(cluster);
        }
        changes.add(facts(cluster, clock.instant(), gone));
        ArrayNode document = Json.object().putArray(DOCUMENT);
        for (Cluster one : byId.values()) {
            document.addObject()
                    .put("id", one.id())
                    .put("owner", one.owner())
                    .put("createdAt", one.createdAt().toString())
                    .set("spec", one.spec().document());
        }
        state.write(DOCUMENT, document);
    }

    synchronized Optional<Cluster> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized List<Cluster> all() {
        return List.copyOf(byId.values());
    }

    /** Starts a cluster for a client that connects to it; returns false while it is one that does not run yet. */
    public boolean serves(String id) {
        Optional<Cluster> cluster = find(id);
        cluster.ifPresent(found -> {
            found.start("STARTING");
            found.use();
        });
        return cluster.map(found -> found.state() == ClusterState.RUNNING || found.state() == ClusterState.RESIZING)
                .orElse(true);
    }

    /** Returns every setting that a cluster had, oldest first. */
    public synchronized List<ClusterFacts> changes() {
        return List.copyOf(changes);
    }

    private static ClusterFacts facts(Cluster cluster, Instant at, boolean gone) {
        ClusterSpec spec = cluster.spec();
        ObjectNode document = spec.document();
        return new ClusterFacts(
                cluster.id(),
                spec.name(),
                cluster.owner(),
                "API",
                spec.nodeType(),
                spec.workers(),
                spec.maxWorkers(),
                spec.autoTerminationMinutes(),
                document.path("spark_version").asText(),
                spec.tags(),
                cluster.createdAt(),
                at,
                gone ? Optional.of(at) : Optional.empty());
    }

    @Override
    public List<UsageRecord> usage(Instant now) {
        List<Cluster> every;
        synchronized (this) {
            every = new ArrayList<>(byId.values());
            every.addAll(deleted);
        }
        List<UsageRecord> records = new ArrayList<>();
        for (Cluster cluster : every) {
            for (Cluster.Span span : cluster.spans()) {
                Instant to = span.to();
                HourSlices.of(
                        span.from(),
                        to == null ? now : to,
                        (from, end) -> records.add(usage(cluster, span, from, end)));
            }
        }
        return records;
    }

    private static UsageRecord usage(Cluster cluster, Cluster.Span span, Instant from, Instant to) {
        NodeType type = span.spec().nodeType();
        BigDecimal rate = type.dbuPerHour().multiply(BigDecimal.valueOf(span.nodes()));
        byte[] key = (cluster.id() + from).getBytes(StandardCharsets.UTF_8);
        return new UsageRecord(
                UUID.nameUUIDFromBytes(key).toString(),
                Sku.ALL_PURPOSE,
                from,
                to,
                HourSlices.dbus(rate, from, to),
                "ORIGINAL",
                LocalDate.ofInstant(to, ZoneOffset.UTC),
                span.spec().tags(),
                Map.of("cluster_id", cluster.id(), "node_type", type.id()),
                Map.of("run_as", cluster.owner(), "owned_by", cluster.owner(), "created_by", cluster.owner()),
                Map.of("is_serverless", false, "is_photon", false));
    }
}
