package io.lakeport.core.export.job;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.job.JobRun.State;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says what a run of a job died of, and what to do. */
public final class JobFailure {
    private static final List<String> RIGHTS =
            List.of("PERMISSION", "INSUFFICIENT", "UNAUTHORIZED", "ACCESS_DENIED", "DOES NOT HAVE", "NOT AUTHORIZED");
    private static final List<String> QUOTAS = List.of("LIMIT_EXCEEDED", "QUEUE_SIZE_EXCEEDED", "QUOTA");
    private static final List<String> SERVICE = List.of("CLOUD_FAILURE", "INTERNAL_ERROR", "DRIVER_ERROR");

    private JobFailure() {}

    /** Returns the error for a run that ended without success. */
    public static LakeportException of(JobRun run) {
        Optional<JobRun.TaskRun> task = culprit(run);
        String said = task.map(JobRun.TaskRun::message)
                .filter(text -> !text.isEmpty())
                .orElse(run.message());
        Cause cause = cause(run.state(), said.toUpperCase(Locale.ROOT));
        String text = place(run) + task.map(one -> ", task " + one.key()).orElse("") + " " + how(run.state())
                + (said.isEmpty() ? "" : " (" + said + ")") + "; " + cause.advice()
                + (run.page().isEmpty() ? "" : "; see " + run.page());
        return new LakeportException(cause.error(), text)
                .with("job_id", String.valueOf(run.jobId()))
                .with("job_run_id", String.valueOf(run.id()));
    }

    /** Returns the error for a run that is not there any more. */
    static LakeportException gone(String run, LakeportException cause) {
        return new LakeportException(
                CoreError.OBJECT_NOT_FOUND,
                "job run " + run
                        + " is gone, because somebody deleted it or its job; nothing was published; run the export"
                        + " again, which deploys the job anew: " + cause.getMessage(),
                cause);
    }

    private static String place(JobRun run) {
        return "run " + run.id() + " of job " + run.jobId();
    }

    private static Optional<JobRun.TaskRun> culprit(JobRun run) {
        return run.tasks().stream()
                .filter(task -> task.state().isEnd() && task.state() != State.SUCCEEDED)
                .min(Comparator.comparing(
                                (JobRun.TaskRun task) -> task.message().isEmpty())
                        .thenComparing(task -> task.key().equals(ExportJob.WRITE)));
    }

    private static String how(State state) {
        return switch (state) {
            case TIMED_OUT -> "took longer than its time limit";
            case CANCELLED -> "was cancelled";
            case SKIPPED -> "was skipped";
            default -> "failed";
        };
    }

    private record Cause(CoreError error, String advice) {}

    private static Cause cause(State state, String said) {
        return switch (state) {
            case TIMED_OUT ->
                new Cause(CoreError.DEADLINE_EXCEEDED, "raise the limit in the job, or use a larger warehouse");
            case CANCELLED -> new Cause(CoreError.STATEMENT_CANCELLED, "resume the export, which starts another run");
            case SKIPPED -> new Cause(CoreError.EXPORT_RUNNING, "another run of the job is at work; wait for it");
            default -> failed(said);
        };
    }

    private static Cause failed(String said) {
        if (RIGHTS.stream().anyMatch(said::contains)) {
            return new Cause(
                    CoreError.ACCESS_DENIED,
                    "the job's owner needs SELECT on the source, WRITE FILES on the external location (or WRITE VOLUME),"
                            + " and CAN USE on the warehouse");
        }
        if (QUOTAS.stream().anyMatch(said::contains)) {
            return new Cause(
                    CoreError.RATE_LIMITED, "the workspace runs as many jobs as it may; resume the export later");
        }
        if (SERVICE.stream().anyMatch(said::contains)) {
            return new Cause(CoreError.SERVICE_UNAVAILABLE, "resume the export later");
        }
        return new Cause(CoreError.STATEMENT_FAILED, "mend the cause and run the export again");
    }
}
