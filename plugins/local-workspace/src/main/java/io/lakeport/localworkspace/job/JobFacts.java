package io.lakeport.localworkspace.job;

import io.lakeport.localworkspace.system.Row;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a job was set from some time on, as {@code system.lakeflow.jobs} and {@code job_tasks} tell it.
 *
 * @param jobId the job
 * @param name its name
 * @param description its description, empty for none
 * @param user who created it and whom it runs as
 * @param tags its tags
 * @param schedule its schedule, empty for none
 * @param timeoutSeconds time limit of a run, 0 for none
 * @param tasks its tasks
 * @param createdAt when it was created
 * @param changedAt when this took effect
 * @param deletedAt when it was deleted, empty while it exists
 */
public record JobFacts(
        String jobId,
        String name,
        String description,
        User user,
        Map<String, String> tags,
        Optional<Schedule> schedule,
        long timeoutSeconds,
        List<Task> tasks,
        Instant createdAt,
        Instant changedAt,
        Optional<Instant> deletedAt) {
    public JobFacts {
        tags = Map.copyOf(tags);
        tasks = List.copyOf(tasks);
    }

    /** Somebody by id and name. */
    public record User(String id, String name) {}

    /** A Quartz cron expression. */
    public record Schedule(String cron, String timeZone, boolean paused) {}

    /** A task and what it waits for. */
    public record Task(String key, List<String> dependsOn, long timeoutSeconds) {
        public Task {
            dependsOn = List.copyOf(dependsOn);
        }
    }

    /** Returns the row of {@code system.lakeflow.jobs}. */
    public Row row() {
        Map<String, Object> trigger = new LinkedHashMap<>();
        schedule.ifPresent(
                s -> trigger.put("schedule", Map.of("quartz_cron_expression", s.cron(), "timezone_id", s.timeZone())));
        return Row.ofWorkspace()
                .put("job_id", jobId)
                .put("name", name)
                .put("creator_id", user.id())
                .put("tags", tags)
                .put("run_as", user.id())
                .put("change_time", changedAt)
                .put("delete_time", deletedAt.orElse(null))
                .put("description", description.isEmpty() ? null : description)
                .put("trigger", trigger)
                .put("trigger_type", schedule.isPresent() ? "CRON" : null)
                .put("run_as_user_name", user.name())
                .put("creator_user_name", user.name())
                .put("paused", schedule.map(Schedule::paused).orElse(false))
                .put("timeout_seconds", timeoutSeconds)
                .put("create_time", createdAt);
    }

    /** Returns the rows of {@code system.lakeflow.job_tasks}. */
    public List<Row> taskRows() {
        return tasks.stream()
                .map(task -> Row.ofWorkspace()
                        .put("job_id", jobId)
                        .put("task_key", task.key())
                        .put("depends_on_keys", task.dependsOn())
                        .put("change_time", changedAt)
                        .put("delete_time", deletedAt.orElse(null))
                        .put("timeout_seconds", task.timeoutSeconds()))
                .toList();
    }
}
