package io.lakeport.audit.job;

import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.jobs.BaseJob;
import com.databricks.sdk.service.jobs.BaseRun;
import com.databricks.sdk.service.jobs.CancelRun;
import com.databricks.sdk.service.jobs.CreateJob;
import com.databricks.sdk.service.jobs.GetRunRequest;
import com.databricks.sdk.service.jobs.JobSettings;
import com.databricks.sdk.service.jobs.JobsAPI;
import com.databricks.sdk.service.jobs.ListJobsRequest;
import com.databricks.sdk.service.jobs.ListRunsRequest;
import com.databricks.sdk.service.jobs.ResetJob;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunNow;
import com.databricks.sdk.service.jobs.UpdateJob;
import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.job.DeployedJob;
import io.lakeport.core.job.Deployment;
import io.lakeport.core.job.JobDefinition;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.job.JobSchedule;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs of one tenant by the Jobs API 2.2 (docs.databricks.com/api/workspace/jobs). Thread-safe. */
final class SdkJobDeployer implements JobDeployer {
    private static final Logger LOG = LoggerFactory.getLogger(SdkJobDeployer.class);
    private static final long JOBS_A_PAGE = 100;
    private static final long RUNS_A_PAGE = 25;

    private final Tenant tenant;
    private final SdkClient client;
    private final JobFiles files;

    SdkJobDeployer(Tenant tenant, SdkClient client) {
        this.tenant = tenant;
        this.client = client;
        this.files = new JobFiles(client, tenant.id());
    }

    @Override
    public Optional<String> objection(Deadline deadline) {
        try {
            call(
                    "rest.jobs",
                    "looking whether jobs may be seen",
                    deadline,
                    api -> api.list(new ListJobsRequest().setLimit(1L))
                            .iterator()
                            .hasNext());
            return Optional.empty();
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.PERMISSION_DENIED) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Deployment ensure(JobDefinition definition, Deadline deadline) {
        JobFiles.Written written = files.write(definition, deadline);
        Optional<BaseJob> there = first(definition.key(), deadline);
        if (there.isEmpty()) {
            return create(definition, written, deadline);
        }
        JobSettings before = settings(id(there.get()), deadline);
        JobSettings after = JobForm.fill(settings(id(there.get()), deadline), definition, tenant.id(), written.paths());
        List<String> changes = new ArrayList<>(written.mended());
        List<String> differences = JobForm.differences(before, after);
        if (!differences.isEmpty()) {
            long id = id(there.get());
            call("rest.jobs.reset", "changing job " + id, deadline, api -> {
                api.reset(new ResetJob().setJobId(id).setNewSettings(after));
                return id;
            });
            changes.addAll(differences);
        }
        return new Deployment(deployed(there.get(), after), false, changes);
    }

    private Deployment create(JobDefinition definition, JobFiles.Written written, Deadline deadline) {
        JobSettings made = JobForm.fill(new JobSettings(), definition, tenant.id(), written.paths());
        CreateJob request = new CreateJob()
                .setName(made.getName())
                .setDescription(made.getDescription())
                .setTags(made.getTags())
                .setTasks(made.getTasks())
                .setParameters(made.getParameters())
                .setMaxConcurrentRuns(made.getMaxConcurrentRuns())
                .setQueue(made.getQueue())
                .setSchedule(made.getSchedule());
        Optional<Long> id = created(definition, request, deadline);
        BaseJob job = withoutTwins(definition.key(), id, deadline);
        return new Deployment(deployed(job, settings(id(job), deadline)), true, List.of());
    }

    /** The API's create knows no token: what was not answered is looked for, and never posted a second time blindly. */
    private Optional<Long> created(JobDefinition definition, CreateJob request, Deadline deadline) {
        String what = "creating job '" + definition.name() + "'";
        try {
            return Optional.ofNullable(call("rest.jobs.create", what, deadline, api -> answered(api, request)));
        } catch (LakeportException e) {
            if (!e.is(CoreError.STATEMENT_OUTCOME_UNKNOWN)
                    || first(definition.key(), deadline).isEmpty()) {
                throw e;
            }
            LOG.info("job '{}' was created, although the answer was lost", definition.name());
            return Optional.empty();
        }
    }

    /** A refusal by a rate limit may be followed by another try; after silence nobody knows whether there is a job. */
    private static Long answered(JobsAPI api, CreateJob request) {
        try {
            return Objects.requireNonNull(api.create(request).getJobId(), "job_id");
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.UNAVAILABLE && e.category() != ErrorCategory.DEADLINE_EXCEEDED) {
                throw e;
            }
            throw new LakeportException(
                    CoreError.STATEMENT_OUTCOME_UNKNOWN,
                    "nobody answered whether the job was created, and it is not to be seen; ask again, which finds it if"
                            + " it comes: " + e.getMessage(),
                    e);
        }
    }

    /** Two hosts may have created the job at the same moment: the older one stays, whoever made it. */
    private BaseJob withoutTwins(String key, Optional<Long> ours, Deadline deadline) {
        List<BaseJob> all = all(key, deadline);
        if (all.isEmpty()) {
            throw new LakeportException(
                    CoreError.OBJECT_NOT_FOUND,
                    "job " + ours.map(String::valueOf).orElse(key)
                            + " was created and is not to be seen any more; somebody deleted it");
        }
        for (BaseJob twin : all.subList(1, all.size())) {
            if (ours.filter(id -> id.equals(twin.getJobId())).isPresent()) {
                remove(id(twin), deadline);
            }
        }
        return all.get(0);
    }

    @Override
    public Optional<DeployedJob> find(String key, Deadline deadline) {
        return first(key, deadline).map(job -> deployed(job, settings(id(job), deadline)));
    }

    @Override
    public List<DeployedJob> list(Deadline deadline) {
        return jobs(job -> tag(job, JobForm.KEY).isPresent(), deadline).stream()
                .map(job -> deployed(job, Objects.requireNonNull(job.getSettings())))
                .sorted(Comparator.comparing(DeployedJob::name).thenComparing(DeployedJob::id))
                .toList();
    }

    private Optional<BaseJob> first(String key, Deadline deadline) {
        return all(key, deadline).stream().findFirst();
    }

    private List<BaseJob> all(String key, Deadline deadline) {
        return jobs(job -> tag(job, JobForm.KEY).filter(key::equals).isPresent(), deadline).stream()
                .sorted(Comparator.comparing((BaseJob job) -> Objects.requireNonNullElse(job.getCreatedTime(), 0L))
                        .thenComparing(SdkJobDeployer::id))
                .toList();
    }

    /** Names may be changed by people, so that jobs are told by their tags alone. */
    private List<BaseJob> jobs(Predicate<BaseJob> wanted, Deadline deadline) {
        return call("rest.jobs", "looking for the tenant's jobs", deadline, api -> {
            List<BaseJob> found = new ArrayList<>();
            for (BaseJob job : api.list(new ListJobsRequest().setLimit(JOBS_A_PAGE))) {
                boolean ours = tag(job, JobForm.TENANT)
                        .filter(tenant.id().value()::equals)
                        .isPresent();
                if (ours && wanted.test(job)) {
                    found.add(job);
                }
            }
            return found;
        });
    }

    private static Optional<String> tag(BaseJob job, String name) {
        return Optional.ofNullable(job.getSettings()).map(JobSettings::getTags).map(tags -> tags.get(name));
    }

    private static long id(BaseJob job) {
        return Objects.requireNonNull(job.getJobId(), "job_id");
    }

    private JobSettings settings(long id, Deadline deadline) {
        return Objects.requireNonNull(
                call("rest.jobs.get", "reading job " + id, deadline, api -> api.get(id))
                        .getSettings(),
                "settings");
    }

    private static DeployedJob deployed(BaseJob job, JobSettings settings) {
        return new DeployedJob(
                id(job),
                tag(job, JobForm.KEY).orElseThrow(),
                String.valueOf(settings.getName()),
                Objects.requireNonNullElse(settings.getDescription(), ""),
                JobForm.schedule(settings.getSchedule()),
                Instant.ofEpochMilli(Objects.requireNonNullElse(job.getCreatedTime(), 0L)));
    }

    @Override
    public void pause(DeployedJob job, boolean paused, Deadline deadline) {
        JobSchedule now = JobForm.schedule(settings(job.id(), deadline).getSchedule())
                .orElseThrow(() -> new LakeportException(
                        CoreError.INVALID_ARGUMENT,
                        "job " + job.id() + " '" + job.name() + "' has no schedule; give it one first"));
        JobSettings changed =
                new JobSettings().setSchedule(JobForm.cron(new JobSchedule(now.cron(), now.zone(), paused)));
        call("rest.jobs.update", "changing the schedule of job " + job.id(), deadline, api -> {
            api.update(new UpdateJob().setJobId(job.id()).setNewSettings(changed));
            return job;
        });
    }

    @Override
    public void delete(DeployedJob job, Deadline deadline) {
        try {
            for (JobRun run : runs(job.id(), (int) RUNS_A_PAGE, deadline)) {
                if (!run.state().isEnd()) {
                    cancel(run.id(), deadline);
                }
            }
            remove(job.id(), deadline);
        } catch (LakeportException e) {
            if (!e.is(CoreError.OBJECT_NOT_FOUND)) {
                throw e;
            }
        }
        files.remove(job.key(), deadline);
    }

    private void remove(long id, Deadline deadline) {
        call("rest.jobs.delete", "deleting job " + id, deadline, api -> {
            api.delete(id);
            return id;
        });
    }

    @Override
    public JobRun start(long jobId, String token, Map<String, String> parameters, Deadline deadline) {
        RunNow request = new RunNow().setJobId(jobId).setIdempotencyToken(token).setJobParameters(parameters);
        // Repeatable, because the workspace starts one run for one token, however often it is asked.
        long run = call(
                "rest.jobs.run",
                "running job " + jobId,
                deadline,
                api -> Objects.requireNonNull(api.runNow(request).getResponse().getRunId(), "run_id"));
        return run(run, deadline);
    }

    @Override
    public JobRun run(long runId, Deadline deadline) {
        Run run = call(
                "rest.jobs.poll",
                "looking at job run " + runId,
                deadline,
                api -> api.getRun(new GetRunRequest().setRunId(runId)));
        return RunForm.of(run);
    }

    @Override
    public List<JobRun> runs(long jobId, int most, Deadline deadline) {
        ListRunsRequest request =
                new ListRunsRequest().setJobId(jobId).setExpandTasks(true).setLimit(Math.min(most, RUNS_A_PAGE));
        return call("rest.jobs.runs", "listing the runs of job " + jobId, deadline, api -> {
            List<JobRun> runs = new ArrayList<>();
            for (BaseRun run : api.listRuns(request)) {
                runs.add(RunForm.of(run));
                if (runs.size() >= most) {
                    break;
                }
            }
            return runs;
        });
    }

    @Override
    public void cancel(long runId, Deadline deadline) {
        call("rest.jobs.cancel", "cancelling job run " + runId, deadline, api -> {
            api.cancelRun(new CancelRun().setRunId(runId));
            return runId;
        });
    }

    private <T> T call(String name, String action, Deadline deadline, Function<JobsAPI, T> exchange) {
        try {
            return client.call(name, action, deadline, api -> exchange.apply(new JobsAPI(api)));
        } catch (LakeportException e) {
            throw named(e);
        }
    }

    /** The Jobs API answers 400 for what is not there and for what is too many, with a code or text that says so. */
    private static LakeportException named(LakeportException e) {
        String text = String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT);
        boolean refused = e.is(CoreError.INVALID_ARGUMENT);
        if (refused && (e.getCause() instanceof NotFound || text.contains("DOES NOT EXIST"))) {
            return new LakeportException(CoreError.OBJECT_NOT_FOUND, String.valueOf(e.getMessage()), e);
        }
        if (refused && (text.contains("QUOTA") || text.contains("LIMIT_EXCEEDED"))) {
            return new LakeportException(
                    CoreError.RATE_LIMITED,
                    e.getMessage() + "; a workspace has a bounded number of jobs and of runs at a time: remove jobs"
                            + " that nobody needs, or wait",
                    e);
        }
        return e;
    }

    /** Does nothing: connections are shared and end by themselves. */
    @Override
    public void close() {}
}
