package io.lakeport.core.export.job;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.job.Deployment;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the job of an export, or waits for the run that an attempt before began: its token, recorded before the workspace
 * is asked, finds it also when nobody saw the answer. Each attempt has a folder of its own.
 */
final class JobAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration TIME_TO_CANCEL = Duration.ofSeconds(30);

    /** What is said of a run that will never end well: it is gone, or its token is spent. */
    private static final Set<ErrorCategory> ENDED = Set.of(ErrorCategory.NOT_FOUND, ErrorCategory.INVALID_REQUEST);

    private final JobDeployer jobs;
    private final EngineTask task;

    JobAttempt(JobDeployer jobs, EngineTask task) {
        this.jobs = jobs;
        this.task = task;
    }

    /** An attempt whose run ended well. */
    record Written(RunAttempt attempt, JobRun run) {}

    Written run() {
        Deployment deployment = jobs.ensure(
                ExportJob.hosted(
                        task.ports().tenant(), task.run().request(), task.run().plan()),
                task.deadline());
        long job = deployment.job().id();
        tell(deployment);
        List<RunAttempt> earlier = task.journal().attempts();
        if (earlier.isEmpty()) {
            return execute(job, 1);
        }
        RunAttempt last = earlier.get(earlier.size() - 1);
        return found(job, last).orElseGet(() -> execute(job, last.number() + 1));
    }

    private void tell(Deployment deployment) {
        if (deployment.created()) {
            LOG.info("run {}: job {} was created", runId(), deployment.job().id());
        }
        deployment
                .changes()
                .forEach(change -> LOG.info("job {}: {}", deployment.job().id(), change));
    }

    private Optional<Written> found(long job, RunAttempt last) {
        JobRun ended;
        try {
            JobRun begun = last.statementId().isPresent()
                    ? jobs.run(JobEngine.jobRun(last.statementId().get()), task.deadline())
                    : start(job, last);
            ended = awaited(begun);
        } catch (LakeportException e) {
            if (!ENDED.contains(e.category())) {
                throw e;
            }
            LOG.info("run {}: the job run of attempt {} is gone; another is started", runId(), last.number());
            return Optional.empty();
        }
        LOG.info("run {}: job run {} of attempt {} ended {}", runId(), ended.id(), last.number(), ended.state());
        return ended.state() == JobRun.State.SUCCEEDED ? Optional.of(new Written(last, ended)) : Optional.empty();
    }

    private Written execute(long job, int number) {
        String token = UUID.randomUUID().toString().replace("-", "");
        RunAttempt attempt =
                new RunAttempt(number, RunOwner.current(), task.ports().clock().instant(), token, Optional.empty());
        task.journal().begin(attempt);
        JobRun begun = start(job, attempt);
        RunAttempt running = attempt.running(JobEngine.origin(begun));
        task.journal().running(running);
        JobRun ended = awaited(begun);
        if (ended.state() != JobRun.State.SUCCEEDED) {
            throw JobFailure.of(ended);
        }
        return new Written(running, ended);
    }

    private JobRun start(long job, RunAttempt attempt) {
        return jobs.start(
                job,
                attempt.statementTag(),
                JobSql.values(
                        ExportJob.named(task.ports().tenant(), task.run().request()),
                        task.run().plan(),
                        task.journal().folder(attempt.number())),
                task.deadline());
    }

    private JobRun awaited(JobRun begun) {
        JobRun run = begun;
        Duration pause = FIRST_PAUSE;
        try {
            while (!run.state().isEnd()) {
                task.deadline().check("export");
                sleep(pause);
                pause = shorter(pause.plus(pause.dividedBy(2)), LONGEST_PAUSE);
                run = jobs.run(begun.id(), task.deadline());
            }
            return run;
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                throw JobFailure.gone(begun.id() + " of job " + begun.jobId(), e);
            }
            if (e.is(CoreError.INTERRUPTED) || e.is(CoreError.DEADLINE_EXCEEDED)) {
                cancel(begun, e);
            }
            throw e;
        }
    }

    private void sleep(Duration pause) {
        try {
            Thread.sleep(shorter(pause, task.deadline().remaining()).toMillis() + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "the export was interrupted", e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Nobody waits for the run any more, so it ends; one whose host was killed is found again instead. */
    private void cancel(JobRun run, LakeportException why) {
        boolean interrupted = Thread.interrupted();
        try {
            jobs.cancel(run.id(), Deadline.after(TIME_TO_CANCEL));
        } catch (LakeportException e) {
            why.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String runId() {
        return task.run().runId();
    }
}
