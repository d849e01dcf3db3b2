package io.lakeport.localworkspace.account;

import io.lakeport.localworkspace.billing.HourSlices;
import io.lakeport.localworkspace.billing.Sku;
import io.lakeport.localworkspace.billing.UsageRecord;
import io.lakeport.localworkspace.cluster.ClusterFacts;
import io.lakeport.localworkspace.cluster.NodeType;
import io.lakeport.localworkspace.system.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The all-purpose clusters of the history, and how busy their nodes were in the last days. */
final class ClusterLife {
    private static final int DECIMALS = 3;
    /** A node-minute is a row; a week of them is enough to look at. */
    private static final int TIMELINE_DAYS = 7;

    private final Dice dice;
    private final Calendar calendar;
    private final List<ClusterFacts> facts = new ArrayList<>();
    private final List<UsageRecord> usage = new ArrayList<>();
    private final List<Row> nodes = new ArrayList<>();
    private final List<Row> instanceEvents = new ArrayList<>();

    ClusterLife(Dice dice, Calendar calendar) {
        this.dice = dice;
        this.calendar = calendar;
        live("Data science", NodeType.I3_2XLARGE, 3, "science");
        live("Shared development", NodeType.M5D_XLARGE, 2, "platform");
    }

    List<ClusterFacts> facts() {
        return facts;
    }

    List<UsageRecord> usage() {
        return usage;
    }

    List<Row> nodes() {
        return nodes;
    }

    List<Row> instanceEvents() {
        return instanceEvents;
    }

    private void live(String name, NodeType type, int workers, String team) {
        String id = clusterId();
        ClusterFacts created = new ClusterFacts(
                id,
                name,
                Cast.ENGINEER.name(),
                "UI",
                type,
                workers,
                Optional.empty(),
                60,
                "15.4.x-scala2.12",
                Map.of("team", team, "env", "dev"),
                calendar.start(),
                calendar.start(),
                Optional.empty());
        facts.add(created);
        for (LocalDate day : calendar.days()) {
            if (Calendar.isWorkday(day) && dice.chance(0.9)) {
                Instant start = Calendar.at(day, 8, dice.between(0, 59));
                Instant stop = start.plus(Duration.ofMinutes(dice.between(120, 540)));
                work(created, start, stop);
                if (day.isAfter(calendar.end().minusDays(TIMELINE_DAYS + 1))) {
                    timeline(created, start, stop);
                }
            }
        }
    }

    String clusterId() {
        return "0" + dice.between(100, 999) + "-" + dice.between(100_000, 999_999) + "-"
                + dice.hex16().substring(0, 8);
    }

    private void work(ClusterFacts cluster, Instant start, Instant stop) {
        BigDecimal rate = cluster.nodeType().dbuPerHour().multiply(BigDecimal.valueOf(cluster.workers() + 1L));
        HourSlices.of(
                start,
                stop,
                (from, to) -> usage.add(new UsageRecord(
                        dice.uuid(),
                        Sku.ALL_PURPOSE,
                        from,
                        to,
                        HourSlices.dbus(rate, from, to).setScale(DECIMALS, RoundingMode.HALF_UP),
                        "ORIGINAL",
                        LocalDate.ofInstant(to, java.time.ZoneOffset.UTC),
                        cluster.tags(),
                        Map.of(
                                "cluster_id",
                                cluster.clusterId(),
                                "node_type",
                                cluster.nodeType().id()),
                        Map.of("run_as", cluster.owner(), "owned_by", cluster.owner(), "created_by", cluster.owner()),
                        Map.of("is_serverless", false, "is_photon", false))));
    }

    private void timeline(ClusterFacts cluster, Instant start, Instant stop) {
        for (int node = 0; node <= cluster.workers(); node++) {
            String instance = "i-0" + dice.hex16();
            instanceEvents.add(instanceEvent(cluster, instance, start, "INSTANCE_LAUNCHING", "LAUNCHING"));
            instanceEvents.add(instanceEvent(cluster, instance, stop, "STATE_TRANSITION", "TERMINATED"));
            int busy = dice.between(10, 80);
            for (Instant t = start; t.isBefore(stop); t = t.plusSeconds(60)) {
                nodes.add(minute(cluster, instance, node == 0, t, busy));
            }
        }
    }

    private static Row instanceEvent(ClusterFacts cluster, String instance, Instant at, String type, String state) {
        return Row.ofWorkspace()
                .put("instance_id", instance)
                .put("event_time", at)
                .put("event_type", type)
                .put("cluster_id", cluster.clusterId())
                .put("node_type", cluster.nodeType().id())
                .put("state", state)
                .put("availability_type", "SPOT");
    }

    private Row minute(ClusterFacts cluster, String instance, boolean driver, Instant at, int busy) {
        double user = Math.max(0.5, Math.min(97, busy + dice.between(-10, 10)));
        return Row.ofWorkspace()
                .put("cluster_id", cluster.clusterId())
                .put("instance_id", instance)
                .put("start_time", at)
                .put("end_time", at.plusSeconds(60))
                .put("driver", driver)
                .put("cpu_user_percent", user)
                .put("cpu_system_percent", dice.between(1, 20) / 10.0)
                .put("cpu_wait_percent", dice.between(0, 10) / 10.0)
                .put("mem_used_percent", Math.min(98.0, 30 + user / 2))
                .put("mem_swap_percent", 0.0)
                .put("network_sent_bytes", (long) dice.between(10_000, 90_000_000))
                .put("network_received_bytes", (long) dice.between(10_000, 90_000_000))
                .put("disk_free_bytes_per_mount_point", Map.of("/", 120_000_000_000L, "/local_disk0", 480_000_000_000L))
                .put("node_type", cluster.nodeType().id())
                .put("private_ip", "10.0.0." + (driver ? 10 : 11 + cluster.workers()));
    }
}
