package io.lakeport.localworkspace.job;

import io.lakeport.localworkspace.billing.HourSlices;
import io.lakeport.localworkspace.system.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as {@code system.lakeflow.job_run_timeline} and {@code job_task_run_timeline} tell it: cut at full hours, with
 * the result in the last part only.
 *
 * @param jobId its job, empty for a one-time run
 * @param runId its id
 * @param name its name
 * @param type JOB_RUN or SUBMIT_RUN
 * @param trigger ONETIME, CRON and so on
 * @param parameters its job parameters
 * @param period when it ran
 * @param outcome how it ended, empty while it runs
 * @param tasks its tasks' runs
 */
public record RunFacts(
        Optional<String> jobId,
        String runId,
        String name,
        String type,
        String trigger,
        Map<String, String> parameters,
        Period period,
        Optional<Outcome> outcome,
        List<TaskRun> tasks) {
    public RunFacts {
        parameters = Map.copyOf(parameters);
        tasks = List.copyOf(tasks);
    }

    /** From when until when, or until now. */
    public record Period(Instant from, Instant to) {}

    /** The result state SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, SKIPPED …, and the code that explains it. */
    public record Outcome(String state, String code) {}

    /** Compute that a task used: WAREHOUSE with a warehouse's id, CLUSTER with a cluster's. */
    public record Compute(String type, String id) {
        Map<String, String> row() {
            return Map.of("type", type, type.equals("WAREHOUSE") ? "warehouse_id" : "cluster_id", id);
        }
    }

    /** The run of one task. */
    public record TaskRun(
            String key, String runId, Period period, Optional<Outcome> outcome, Optional<Compute> compute) {}

    /** Returns the rows of {@code system.lakeflow.job_run_timeline}. */
    public List<Row> rows() {
        List<Compute> computes = tasks.stream()
                .flatMap(task -> task.compute().stream())
                .distinct()
                .toList();
        return slices(
                period,
                outcome,
                () -> Row.ofWorkspace()
                        .put("job_id", jobId.orElse(null))
                        .put("run_id", runId)
                        .put("trigger_type", trigger)
                        .put("run_type", type)
                        .put("run_name", name)
                        .put("compute_ids", computes.stream().map(Compute::id).toList())
                        .put("compute", computes.stream().map(Compute::row).toList())
                        .put("job_parameters", parameters)
                        .put("run_duration_seconds", outcome.isPresent() ? seconds(period) : null)
                        .put("execution_duration_seconds", outcome.isPresent() ? seconds(period) : null)
                        .put("setup_duration_seconds", 0L)
                        .put("queue_duration_seconds", 0L)
                        .put("cleanup_duration_seconds", 0L));
    }

    /** Returns the rows of {@code system.lakeflow.job_task_run_timeline}. */
    public List<Row> taskRows() {
        List<Row> rows = new ArrayList<>();
        for (TaskRun task : tasks) {
            rows.addAll(slices(
                    task.period(),
                    task.outcome(),
                    () -> Row.ofWorkspace()
                            .put("job_id", jobId.orElse(null))
                            .put("run_id", task.runId())
                            .put("task_key", task.key())
                            .put("job_run_id", runId)
                            .put("parent_run_id", runId)
                            .put(
                                    "compute_ids",
                                    task.compute().map(Compute::id).stream().toList())
                            .put(
                                    "compute",
                                    task.compute().map(Compute::row).stream().toList())
                            .put("setup_duration_seconds", 0L)
                            .put("cleanup_duration_seconds", 0L)
                            .put(
                                    "execution_duration_seconds",
                                    task.outcome().isPresent() ? seconds(task.period()) : null)));
        }
        return rows;
    }

    private static long seconds(Period period) {
        return Duration.between(period.from(), period.to()).toSeconds();
    }

    private static List<Row> slices(Period period, Optional<Outcome> outcome, java.util.function.Supplier<Row> common) {
        List<Row> rows = new ArrayList<>();
        // A run that took no time at all has ended all the same.
        Instant end =
                period.to().isAfter(period.from()) ? period.to() : period.from().plusMillis(1);
        HourSlices.of(period.from(), end, (from, to) -> {
            Row row = common.get().put("period_start_time", from).put("period_end_time", to);
            if (to.equals(end)) {
                outcome.ifPresent(o -> row.put("result_state", o.state())
                        .put("termination_code", o.code())
                        .put("termination_type", o.code().equals("SUCCESS") ? "SUCCESS" : "CLIENT_ERROR"));
            }
            rows.add(row);
        });
        return rows;
    }
}
