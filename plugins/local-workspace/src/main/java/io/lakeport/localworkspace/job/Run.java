package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.statement.StatementView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A run of a job, or a run without a job. Thread-safe. */
final class Run {
    private final long id = RunIds.next();
    private final Optional<Long> jobId;
    private final Principal owner;
    private final JsonNode settings;
    private final String name;
    private final Map<String, String> parameters;
    private final Map<String, TaskRun> tasks = new LinkedHashMap<>();
    private final Set<StatementView> running = ConcurrentHashMap.newKeySet();
    private final Instant startedAt;
    private final Trigger trigger;
    private TaskState state = TaskState.PENDING;
    private @Nullable Result result;
    private @Nullable Result forcedEnd;
    private String message = "";
    private @Nullable Instant endedAt;

    /** Creates a run; job parameters have their defaults filled in. */
    Run(Runs.Start start, Instant now) {
        this.jobId = start.jobId();
        this.owner = start.principal();
        this.settings = start.settings();
        this.name = start.name();
        this.parameters = new LinkedHashMap<>(start.parameters());
        this.trigger = start.trigger();
        this.startedAt = now;
        for (JsonNode task : settings.path("tasks")) {
            String key = task.path("task_key").asText();
            tasks.put(key, new TaskRun(key, task));
        }
    }

    long id() {
        return id;
    }

    Optional<Long> jobId() {
        return jobId;
    }

    Principal owner() {
        return owner;
    }

    JsonNode settings() {
        return settings;
    }

    String name() {
        return name;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    List<TaskRun> tasks() {
        return List.copyOf(tasks.values());
    }

    Optional<TaskRun> task(String key) {
        return Optional.ofNullable(tasks.get(key));
    }

    Trigger trigger() {
        return trigger;
    }

    Instant startedAt() {
        return startedAt;
    }

    synchronized TaskState state() {
        return state;
    }

    synchronized Optional<Result> result() {
        return Optional.ofNullable(result);
    }

    synchronized String message() {
        return message;
    }

    synchronized Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    synchronized void enter(TaskState next) {
        state = next;
        if (!next.isEnd()) {
            result = null;
            endedAt = null;
        }
    }

    synchronized void end(TaskState last, Result how, String why, Instant now) {
        state = last;
        result = how;
        message = why;
        endedAt = now;
    }

    /** Lets it run again after its end. */
    synchronized void reopen() {
        forcedEnd = null;
        enter(TaskState.PENDING);
    }

    /** Returns how tasks that have not ended have to end, empty while they may go on. */
    synchronized Optional<Result> forcedEnd() {
        return Optional.ofNullable(forcedEnd);
    }

    /** Ends it early: CANCELED or TIMEDOUT. */
    void stop(Result how) {
        synchronized (this) {
            if (state.isEnd() || forcedEnd != null) {
                return;
            }
            forcedEnd = how;
            state = TaskState.TERMINATING;
        }
        List.copyOf(running).forEach(StatementView::cancel);
    }

    /** Notes a statement that runs for it; one that comes after a stop is cancelled at once. */
    void statementBegan(StatementView statement) {
        running.add(statement);
        if (forcedEnd().isPresent()) {
            statement.cancel();
        }
    }

    void statementEnded(StatementView statement) {
        running.remove(statement);
    }

    /** Returns what system tables tell of it. */
    RunFacts facts(Instant now) {
        List<RunFacts.TaskRun> taskFacts = new ArrayList<>();
        for (TaskRun task : tasks()) {
            task.startedAt().ifPresent(from -> taskFacts.add(fact(task, from, now)));
        }
        return new RunFacts(
                jobId.map(String::valueOf),
                String.valueOf(id),
                name,
                jobId.isPresent() ? "JOB_RUN" : "SUBMIT_RUN",
                trigger.tableName(),
                parameters,
                new RunFacts.Period(startedAt, endedAt().orElse(now)),
                result().map(Run::outcome),
                taskFacts);
    }

    private static RunFacts.TaskRun fact(TaskRun task, Instant from, Instant now) {
        String warehouse = task.output().warehouseId();
        return new RunFacts.TaskRun(
                task.key(),
                String.valueOf(task.id()),
                new RunFacts.Period(from, task.endedAt().orElse(now)),
                task.result().map(Run::outcome),
                warehouse.isEmpty() ? Optional.empty() : Optional.of(new RunFacts.Compute("WAREHOUSE", warehouse)));
    }

    private static RunFacts.Outcome outcome(Result result) {
        return new RunFacts.Outcome(result.tableState(), result.code());
    }
}
