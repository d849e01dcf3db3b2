package io.lakeport.audit.job;

import com.databricks.sdk.service.jobs.BaseRun;
import com.databricks.sdk.service.jobs.JobParameter;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunState;
import com.databricks.sdk.service.jobs.RunStatus;
import com.databricks.sdk.service.jobs.RunTask;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.job.JobRun.State;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs of the Jobs API as the port tells them. */
final class RunForm {
    private RunForm() {}

    static JobRun of(Run run) {
        return of(
                new Ids(run.getJobId(), run.getRunId(), run.getStartTime(), run.getRunPageUrl()),
                new Stand(run.getState(), run.getStatus()),
                run.getJobParameters(),
                run.getTasks());
    }

    static JobRun of(BaseRun run) {
        return of(
                new Ids(run.getJobId(), run.getRunId(), run.getStartTime(), run.getRunPageUrl()),
                new Stand(run.getState(), run.getStatus()),
                run.getJobParameters(),
                run.getTasks());
    }

    private record Ids(
            @Nullable Long job,
            @Nullable Long run,
            @Nullable Long start,
            @Nullable String page) {}

    /** The state as the API tells it twice, in an older form that knows a time-out and a newer one with a code. */
    private record Stand(@Nullable RunState state, @Nullable RunStatus status) {
        State value() {
            if (state == null || state.getLifeCycleState() == null) {
                return State.WAITING;
            }
            return switch (state.getLifeCycleState()) {
                case BLOCKED, PENDING, QUEUED, WAITING_FOR_RETRY -> State.WAITING;
                case RUNNING, TERMINATING -> State.RUNNING;
                case SKIPPED -> State.SKIPPED;
                case INTERNAL_ERROR -> State.FAILED;
                case TERMINATED -> result();
            };
        }

        private State result() {
            if (state == null || state.getResultState() == null) {
                return State.FAILED;
            }
            return switch (state.getResultState()) {
                case SUCCESS -> State.SUCCEEDED;
                case TIMEDOUT -> State.TIMED_OUT;
                case CANCELED, UPSTREAM_CANCELED -> State.CANCELLED;
                case EXCLUDED, DISABLED, MAXIMUM_CONCURRENT_RUNS_REACHED -> State.SKIPPED;
                default -> State.FAILED;
            };
        }

        String message() {
            String text = state == null ? "" : Objects.requireNonNullElse(state.getStateMessage(), "");
            if (status == null
                    || status.getTerminationDetails() == null
                    || status.getTerminationDetails().getCode() == null
                    || value() == State.SUCCEEDED) {
                return text.strip();
            }
            return (status.getTerminationDetails().getCode() + (text.isBlank() ? "" : ": " + text)).strip();
        }
    }

    private static JobRun of(
            Ids ids, Stand stand, @Nullable Collection<JobParameter> given, @Nullable Collection<RunTask> tasks) {
        Map<String, String> parameters = new HashMap<>();
        for (JobParameter one : JobForm.each(given)) {
            String value = one.getValue() == null ? one.getDefault() : one.getValue();
            parameters.put(String.valueOf(one.getName()), Objects.requireNonNullElse(value, ""));
        }
        List<JobRun.TaskRun> runs =
                JobForm.each(tasks).stream().map(RunForm::task).toList();
        return new JobRun(
                Objects.requireNonNullElse(ids.job(), 0L),
                Objects.requireNonNull(ids.run(), "run_id"),
                Instant.ofEpochMilli(Objects.requireNonNullElse(ids.start(), 0L)),
                stand.value(),
                stand.message(),
                Objects.requireNonNullElse(ids.page(), ""),
                parameters,
                runs);
    }

    private static JobRun.TaskRun task(RunTask task) {
        Stand stand = new Stand(task.getState(), task.getStatus());
        String file = task.getSqlTask() == null || task.getSqlTask().getFile() == null
                ? ""
                : String.valueOf(task.getSqlTask().getFile().getPath());
        return new JobRun.TaskRun(
                String.valueOf(task.getTaskKey()),
                Objects.requireNonNullElse(task.getRunId(), 0L),
                file,
                stand.value(),
                stand.message());
    }
}
