package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.statement.StatementGateway;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs of this start of the workspace. Bounded and thread-safe. */
public final class Runs implements AutoCloseable {
    private static final int CAPACITY = 2000;
    private static final int THREADS = 8;
    private static final int END_SECONDS = 10;

    private final Clock clock;
    private final RunExecution execution;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> thread(task, "job"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "job-timer"));
    private final Map<Long, Run> byId = new LinkedHashMap<>();
    private final Map<String, Run> byToken = new HashMap<>();

    /** Creates an empty list of runs, whose SQL tasks go through a gateway. */
    public Runs(StatementGateway gateway, SavedQueries queries, SqlFiles files, Clock clock) {
        this.clock = clock;
        this.execution = new RunExecution(new SqlTasks(gateway, queries, files, clock), threads, clock);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, "local-workspace-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** Who starts what. */
    record Start(
            Optional<Long> jobId,
            Principal principal,
            JsonNode settings,
            String name,
            Map<String, String> parameters,
            Trigger trigger) {}

    /** Starts a job because its time has come. */
    void startScheduled(Job job) {
        start(
                Optional.empty(),
                new Start(
                        Optional.of(job.id()),
                        job.runsAs(),
                        job.settings(),
                        job.settings().path("name").asText(),
                        JobSettings.parameters(job.settings(), Json.object()),
                        Trigger.PERIODIC));
    }

    /** Starts a run, or returns the one that an earlier request with this token started. */
    Run start(Optional<String> idempotencyToken, Start start) {
        return once(idempotencyToken, () -> newRun(start));
    }

    private synchronized Run once(Optional<String> token, Supplier<Run> make) {
        Run known = token.map(byToken::get).orElse(null);
        if (known != null) {
            return known;
        }
        Run run = make.get();
        token.ifPresent(text -> byToken.put(text, run));
        return run;
    }

    private Run newRun(Start start) {
        Run run = new Run(start, clock.instant());
        boolean full = start.jobId().isPresent()
                && active(start.jobId().get())
                        >= start.settings().path("max_concurrent_runs").asInt(1);
        trim();
        byId.put(run.id(), run);
        if (!full) {
            execute(run, keys(run));
        } else if (start.settings().path("queue").path("enabled").asBoolean()) {
            run.enter(TaskState.QUEUED);
        } else {
            run.end(
                    TaskState.SKIPPED,
                    Result.MAXIMUM_CONCURRENT_RUNS_REACHED,
                    "The maximum number of concurrent runs of the job is reached.",
                    clock.instant());
        }
        return run;
    }

    private static Set<String> keys(Run run) {
        Set<String> keys = new LinkedHashSet<>();
        run.tasks().forEach(task -> keys.add(task.key()));
        return keys;
    }

    private long active(long jobId) {
        return byId.values().stream()
                .filter(run -> run.jobId().filter(id -> id == jobId).isPresent())
                .filter(run -> !run.state().isEnd() && run.state() != TaskState.QUEUED)
                .count();
    }

    private void execute(Run run, Set<String> keys) {
        long seconds = run.settings().path("timeout_seconds").asLong();
        if (seconds > 0) {
            timer.schedule(() -> run.stop(Result.TIMEDOUT), seconds, TimeUnit.SECONDS);
        }
        execution.start(run, keys).whenComplete((done, failure) -> startQueued(run.jobId()));
    }

    private synchronized void startQueued(Optional<Long> jobId) {
        for (Run run : List.copyOf(byId.values())) {
            boolean waits = run.jobId().isPresent() && run.jobId().equals(jobId) && run.state() == TaskState.QUEUED;
            if (waits
                    && active(jobId.orElseThrow())
                            < run.settings().path("max_concurrent_runs").asInt(1)) {
                execute(run, keys(run));
            }
        }
    }

    /** Runs failed tasks of an ended run again, with what depends on them. */
    synchronized void repair(Run run, Set<String> keys) {
        Set<String> all = new LinkedHashSet<>(keys);
        boolean more = true;
        while (more) {
            more = false;
            for (TaskRun task : run.tasks()) {
                for (JsonNode need : task.settings().path("depends_on")) {
                    more |= all.contains(need.path("task_key").asText()) && all.add(task.key());
                }
            }
        }
        all.forEach(key -> run.task(key).ifPresent(task -> task.again(TaskState.BLOCKED)));
        run.reopen();
        execute(run, all);
    }

    /** Cancels a run; one that waits in a queue ends at once. */
    synchronized void cancel(Run run) {
        if (run.state() == TaskState.QUEUED) {
            run.end(TaskState.TERMINATED, Result.CANCELED, "Run cancelled.", clock.instant());
        } else {
            run.stop(Result.CANCELED);
        }
    }

    synchronized void delete(Run run) {
        byId.remove(run.id());
    }

    /** A run, or the run of a task with the run that it belongs to. */
    record Found(Run run, @Nullable TaskRun task) {}

    /** Returns the run or the task's run of an id. */
    synchronized Optional<Found> find(long id) {
        Run run = byId.get(id);
        if (run != null) {
            return Optional.of(new Found(run, null));
        }
        for (Run one : byId.values()) {
            for (TaskRun task : one.tasks()) {
                if (task.id() == id) {
                    return Optional.of(new Found(one, task));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns all runs, newest first. */
    synchronized List<Run> all() {
        List<Run> all = new ArrayList<>(byId.values());
        java.util.Collections.reverse(all);
        return all;
    }

    /** Returns what system tables tell of all runs. */
    public List<RunFacts> facts() {
        Instant now = clock.instant();
        return all().stream().map(run -> run.facts(now)).toList();
    }

    private void trim() {
        if (byId.size() >= CAPACITY) {
            byId.values().removeIf(run -> run.state().isEnd() && byId.size() >= CAPACITY);
        }
    }

    /** Cancels every run and waits for the ends of their tasks. */
    @Override
    public void close() {
        all().forEach(this::cancel);
        timer.shutdownNow();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
