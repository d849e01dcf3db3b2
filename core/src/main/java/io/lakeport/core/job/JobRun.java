package io.lakeport.core.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A run of a job.
 *
 * @param jobId its job
 * @param id its id
 * @param startedAt when it began, by the workspace's clock
 * @param state how far it is
 * @param message what the workspace says of it, empty text for nothing
 * @param page where a person can look at it, empty text when unknown
 * @param parameters values of the job's parameters
 * @param tasks runs of its tasks, the last attempt of each
 */
public record JobRun(
        long jobId,
        long id,
        Instant startedAt,
        State state,
        String message,
        String page,
        Map<String, String> parameters,
        List<TaskRun> tasks) {
    /** How far a run is. */
    public enum State {
        /** It waits: for its turn, or for compute. */
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        CANCELLED,
        /** It never began, because too many runs of its job were at work. */
        SKIPPED;

        /** Returns whether it has ended. */
        public boolean isEnd() {
            return this != WAITING && this != RUNNING;
        }
    }

    /**
     * The run of one task.
     *
     * @param key which task
     * @param id its id, another for each attempt
     * @param file path of the SQL file that it ran, empty text when it ran none
     * @param state how far it is
     * @param message what the workspace says of it, empty text for nothing
     */
    public record TaskRun(String key, long id, String file, State state, String message) {
        public TaskRun {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(message, "message");
        }
    }

    public JobRun {
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(page, "page");
        parameters = Map.copyOf(parameters);
        tasks = List.copyOf(tasks);
    }

    /** Returns the run of a task, empty when the job has no such task. */
    public Optional<TaskRun> task(String key) {
        return tasks.stream().filter(task -> task.key().equals(key)).findFirst();
    }
}
