package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.ApiException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Executes runs: each task when those that it depends on have ended. Thread-safe. */
final class RunExecution {
    private static final int MOST_RETRIES = 100;
    private static final int RETRY_STEP_MILLIS = 50;

    private final SqlTasks sqlTasks;
    private final Executor threads;
    private final Clock clock;

    RunExecution(SqlTasks sqlTasks, Executor threads, Clock clock) {
        this.sqlTasks = sqlTasks;
        this.threads = threads;
        this.clock = clock;
    }

    /** Runs some tasks of a run; completes when they have ended and the run has. */
    CompletableFuture<Void> start(Run run, Set<String> keys) {
        run.enter(TaskState.RUNNING);
        Map<String, CompletableFuture<Void>> ends = new LinkedHashMap<>();
        List<TaskRun> left = new ArrayList<>(run.tasks());
        while (!left.isEmpty()) {
            for (TaskRun task : List.copyOf(left)) {
                List<String> needs = needs(task);
                if (ends.keySet().containsAll(needs)) {
                    left.remove(task);
                    ends.put(task.key(), keys.contains(task.key()) ? after(run, task, needs, ends) : done());
                }
            }
        }
        return CompletableFuture.allOf(ends.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> end(run));
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private static List<String> needs(TaskRun task) {
        List<String> needs = new ArrayList<>();
        task.settings()
                .path("depends_on")
                .forEach(need -> needs.add(need.path("task_key").asText()));
        return needs;
    }

    private CompletableFuture<Void> after(
            Run run, TaskRun task, List<String> needs, Map<String, CompletableFuture<Void>> ends) {
        CompletableFuture<?>[] before = needs.stream().map(ends::get).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(before).thenRunAsync(() -> attempts(run, task), threads);
    }

    private void attempts(Run run, TaskRun task) {
        Optional<Result> skips = task.settings().path("disabled").asBoolean()
                ? Optional.of(Result.DISABLED)
                : RunIf.skips(task.settings(), run);
        if (run.forcedEnd().isPresent()) {
            task.end(TaskState.TERMINATED, run.forcedEnd().get(), "The run was stopped.", clock.instant());
        } else if (skips.isPresent()) {
            TaskState state =
                    skips.get().isFailure() || skips.get().isCancel() ? TaskState.TERMINATED : TaskState.SKIPPED;
            task.end(state, skips.get(), "", clock.instant());
        } else {
            retried(run, task);
        }
    }

    private void retried(Run run, TaskRun task) {
        int retries = task.settings().path("max_retries").asInt(0);
        int most = retries < 0 ? MOST_RETRIES : retries;
        attempt(run, task);
        for (int i = 0; i < most && failed(task) && run.forcedEnd().isEmpty(); i++) {
            task.again(TaskState.WAITING_FOR_RETRY);
            if (pause(run, task.settings().path("min_retry_interval_millis").asLong(0))) {
                attempt(run, task);
            } else {
                task.end(TaskState.TERMINATED, run.forcedEnd().orElse(Result.CANCELED), "", clock.instant());
            }
        }
    }

    private static boolean failed(TaskRun task) {
        return task.result().map(Result.FAILED::equals).orElse(false);
    }

    private static boolean pause(Run run, long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        try {
            while (System.nanoTime() < until && run.forcedEnd().isEmpty()) {
                Thread.sleep(RETRY_STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.stop(Result.CANCELED);
        }
        return run.forcedEnd().isEmpty();
    }

    private void attempt(Run run, TaskRun task) {
        task.begin(clock.instant());
        try {
            JsonNode settings = task.settings();
            if (settings.has("condition_task")) {
                task.conditionWas(Conditions.holds(settings.path("condition_task"), run, task));
            } else if (settings.has("sql_task")) {
                sqlTasks.run(run, task);
            } else {
                task.end(TaskState.INTERNAL_ERROR, Result.FAILED, unsupported(settings), clock.instant());
            }
            task.end(TaskState.TERMINATED, Result.SUCCESS, "", clock.instant());
        } catch (TaskFailure | ApiException e) {
            Result own = e instanceof TaskFailure failure ? failure.result() : Result.FAILED;
            Result how = run.forcedEnd().orElse(own);
            task.end(TaskState.TERMINATED, how, String.valueOf(e.getMessage()), clock.instant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.end(TaskState.TERMINATED, Result.CANCELED, "The workspace is closing.", clock.instant());
        } catch (RuntimeException e) {
            task.end(TaskState.INTERNAL_ERROR, Result.FAILED, "The local workspace failed: " + e, clock.instant());
        }
    }

    private static String unsupported(JsonNode settings) {
        String kind = "a task without a kind";
        for (Map.Entry<String, JsonNode> field : settings.properties()) {
            if (field.getKey().endsWith("_task")) {
                kind = field.getKey();
            }
        }
        return "The local workspace runs sql_task and condition_task only; it has nothing to run " + kind + " on.";
    }

    private void end(Run run) {
        Set<String> needed = new HashSet<>();
        run.tasks().forEach(task -> needed.addAll(needs(task)));
        boolean anyFailed = false;
        boolean leafFailed = false;
        boolean internal = false;
        for (TaskRun task : run.tasks()) {
            boolean failed = task.result().map(Result::isFailure).orElse(false);
            anyFailed |= failed;
            leafFailed |= failed && !needed.contains(task.key());
            internal |= task.state() == TaskState.INTERNAL_ERROR;
        }
        Result natural = leafFailed ? Result.FAILED : anyFailed ? Result.SUCCESS_WITH_FAILURES : Result.SUCCESS;
        Result result = run.forcedEnd().orElse(natural);
        TaskState state = internal && leafFailed ? TaskState.INTERNAL_ERROR : TaskState.TERMINATED;
        run.end(state, result, message(run, result), clock.instant());
    }

    private static String message(Run run, Result result) {
        if (result.isSuccess()) {
            return "";
        }
        if (result == Result.CANCELED) {
            return "Run cancelled.";
        }
        for (TaskRun task : run.tasks()) {
            if (task.result().map(Result.FAILED::equals).orElse(false)) {
                return "Task " + task.key() + " failed with message: " + task.message();
            }
        }
        return result == Result.TIMEDOUT ? "Run exceeded its time limit." : "";
    }
}
