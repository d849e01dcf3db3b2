package io.lakeport.localworkspace.account;

import io.lakeport.localworkspace.billing.HourSlices;
import io.lakeport.localworkspace.billing.Sku;
import io.lakeport.localworkspace.billing.UsageRecord;
import io.lakeport.localworkspace.cluster.ClusterFacts;
import io.lakeport.localworkspace.cluster.NodeType;
import io.lakeport.localworkspace.job.JobFacts;
import io.lakeport.localworkspace.job.RunFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of the history: each runs by its schedule on a cluster of its own, and fails now and then. */
final class JobLife {
    private static final int DECIMALS = 3;
    private static final double FAILURES = 0.04;

    private final Dice dice;
    private final Calendar calendar;
    private final ClusterLife clusters;
    private final List<JobFacts> jobs = new ArrayList<>();
    private final List<RunFacts> runs = new ArrayList<>();
    private final List<UsageRecord> usage = new ArrayList<>();
    private final List<ClusterFacts> clusterFacts = new ArrayList<>();

    /** How a job is: first hour of the day, every how many hours, typical minutes, and on what. */
    private record Kind(
            String name, String cron, int firstHour, int everyHours, int minutes, NodeType type, int workers) {}

    JobLife(Dice dice, Calendar calendar, ClusterLife clusters) {
        this.dice = dice;
        this.calendar = calendar;
        this.clusters = clusters;
        live(new Kind("nightly-sales-load", "0 0 2 * * ?", 2, 24, 95, NodeType.I3_2XLARGE, 8), "sales", true);
        live(new Kind("customer-snapshot", "0 30 3 * * ?", 3, 24, 40, NodeType.M5D_2XLARGE, 4), "sales", false);
        live(new Kind("clickstream", "0 0 0/6 * * ?", 0, 6, 22, NodeType.I3_XLARGE, 4), "web", true);
        live(new Kind("finance-close", "0 0 5 * * ?", 5, 24, 65, NodeType.R5D_XLARGE, 6), "finance", false);
        live(new Kind("feature-refresh", "0 0 4/12 * * ?", 4, 12, 30, NodeType.M5D_XLARGE, 3), "science", false);
    }

    List<JobFacts> jobs() {
        return jobs;
    }

    List<RunFacts> runs() {
        return runs;
    }

    List<UsageRecord> usage() {
        return usage;
    }

    List<ClusterFacts> clusterFacts() {
        return clusterFacts;
    }

    long failed() {
        return runs.stream()
                .filter(run ->
                        run.outcome().map(o -> o.state().equals("FAILED")).orElse(false))
                .count();
    }

    private void live(Kind kind, String team, boolean photon) {
        JobFacts job = new JobFacts(
                dice.digits(),
                kind.name,
                "Runs by " + kind.cron,
                Cast.ETL,
                Map.of("team", team, "env", "prod"),
                Optional.of(new JobFacts.Schedule(kind.cron, "UTC", false)),
                0,
                List.of(new JobFacts.Task("extract", List.of(), 0), new JobFacts.Task("load", List.of("extract"), 0)),
                calendar.start(),
                calendar.start(),
                Optional.empty());
        jobs.add(job);
        for (LocalDate day : calendar.days()) {
            for (int hour = kind.firstHour; hour < 24; hour += kind.everyHours) {
                run(job, kind, photon, Calendar.at(day, hour, dice.between(0, 3)));
            }
        }
    }

    private void run(JobFacts job, Kind kind, boolean photon, Instant start) {
        boolean fails = dice.chance(FAILURES);
        Duration length = dice.about(Duration.ofMinutes(fails ? Math.max(1, kind.minutes / 3) : kind.minutes));
        Instant end = start.plus(length);
        if (end.isAfter(calendar.finish())) {
            return;
        }
        Instant middle = start.plusSeconds(length.toSeconds() / 3);
        String cluster = clusters.clusterId();
        String runId = dice.digits();
        RunFacts.Outcome outcome = fails
                ? new RunFacts.Outcome("FAILED", "RUN_EXECUTION_ERROR")
                : new RunFacts.Outcome("SUCCEEDED", "SUCCESS");
        Optional<RunFacts.Compute> compute = Optional.of(new RunFacts.Compute("CLUSTER", cluster));
        RunFacts.Outcome good = new RunFacts.Outcome("SUCCEEDED", "SUCCESS");
        runs.add(new RunFacts(
                Optional.of(job.jobId()),
                runId,
                job.name(),
                "JOB_RUN",
                "CRON",
                Map.of(),
                new RunFacts.Period(start, end),
                Optional.of(outcome),
                List.of(
                        new RunFacts.TaskRun(
                                "extract",
                                dice.digits(),
                                new RunFacts.Period(start, middle),
                                Optional.of(good),
                                compute),
                        new RunFacts.TaskRun(
                                "load",
                                dice.digits(),
                                new RunFacts.Period(middle, end),
                                Optional.of(outcome),
                                compute))));
        clusterFacts.add(cluster(job, kind, cluster, runId, start, end));
        bill(job, kind, photon, Map.of("job_id", job.jobId(), "job_run_id", runId, "cluster_id", cluster), start, end);
    }

    private static ClusterFacts cluster(JobFacts job, Kind kind, String id, String runId, Instant start, Instant end) {
        return new ClusterFacts(
                id,
                "job-" + job.jobId() + "-run-" + runId,
                job.user().name(),
                "JOB",
                kind.type,
                kind.workers,
                Optional.empty(),
                0,
                "15.4.x-scala2.12",
                job.tags(),
                start,
                start,
                Optional.of(end));
    }

    private void bill(JobFacts job, Kind kind, boolean photon, Map<String, String> ids, Instant start, Instant end) {
        BigDecimal rate = kind.type.dbuPerHour().multiply(BigDecimal.valueOf((kind.workers + 1L) * (photon ? 2 : 1)));
        Map<String, String> metadata = new java.util.TreeMap<>(ids);
        metadata.put("job_name", job.name());
        metadata.put("node_type", kind.type.id());
        HourSlices.of(
                start,
                end,
                (from, to) -> usage.add(new UsageRecord(
                        dice.uuid(),
                        photon ? Sku.JOBS_PHOTON : Sku.JOBS,
                        from,
                        to,
                        HourSlices.dbus(rate, from, to).setScale(DECIMALS, RoundingMode.HALF_UP),
                        "ORIGINAL",
                        LocalDate.ofInstant(to, ZoneOffset.UTC),
                        job.tags(),
                        metadata,
                        Map.of(
                                "run_as",
                                job.user().name(),
                                "created_by",
                                job.user().name()),
                        Map.of("jobs_tier", "CLASSIC", "is_serverless", false, "is_photon", photon))));
    }
}
