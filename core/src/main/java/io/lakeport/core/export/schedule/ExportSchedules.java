package io.lakeport.core.export.schedule;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.choice.EngineAdvisor;
import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.job.ExportJob;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.run.Target;
import io.lakeport.core.export.source.SourcePlanner;
import io.lakeport.core.job.DeployedJob;
import io.lakeport.core.job.Deployment;
import io.lakeport.core.job.JobDefinition;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.job.JobSchedule;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/**
 * Use case: exports that the workspace runs by its own clock, with no host at work. Each run writes a folder of its own,
 * which nobody sees; {@link #collect} proves and publishes those that ended well, later, from any host. Thread-safe.
 */
public final class ExportSchedules {
    private final ExportPorts ports;
    private final EngineRoster roster;
    private final JobDeployer jobs;

    /** Creates the use case over one tenant's ports. */
    public ExportSchedules(ExportPorts ports, EngineRoster roster, JobDeployer jobs) {
        this.ports = ports;
        this.roster = roster;
        this.jobs = jobs;
    }

    /**
     * Makes the workspace export by a schedule: deploys the job of the target, or changes it in place.
     *
     * @param request a full export that overwrites
     * @return what it took; nothing when the job stood so already
     * @throws LakeportException NOT_SUPPORTED with every reason, when a job cannot do the export; PERMISSION_DENIED when
     *     the tenant may not have jobs, or the target lies outside its scope
     */
    public Deployment deploy(ExportRequest request, JobSchedule when, Deadline deadline) {
        request.source()
                .catalog()
                .ifPresent(catalog ->
                        ports.tenant().scope().requireCatalog(ports.tenant().id(), catalog.value()));
        requireRepeatable(request);
        ExportRequest byJob = request.toBuilder().engine(EngineChoice.JOB).build();
        try (Target target = Target.open(ports, byJob.target(), deadline, "scheduling the export to")) {
            List<ExportManifest> history = target.log().all();
            ExportPlan plan =
                    new SourcePlanner(ports, byJob).next(history, deadline).orElseThrow();
            new EngineAdvisor(ports, roster, deadline).choose(byJob, plan, history, false);
            JobDefinition definition = ExportJob.scheduled(ports.tenant(), byJob, plan, when);
            String file = definition.task(ExportJob.WRITE).fileName();
            RunPlan record = new RunPlan(
                    definition.key(),
                    0,
                    byJob,
                    plan,
                    EngineChoice.JOB.text(),
                    ports.clock().instant());
            // Before the job, so that no run of it is without a record.
            new ScheduleRecords(target.store(), ports.journals()).write(file, record);
            return jobs.ensure(definition, deadline);
        }
    }

    /** The workspace does not know what was published, and so cannot tell what is new since. */
    private static void requireRepeatable(ExportRequest request) {
        if (request.increment().isPresent() || request.mode() != ExportMode.OVERWRITE) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "by schedule a full export can run that overwrites, each time the whole source at its newest version;"
                            + " this one "
                            + (request.increment().isPresent()
                                    ? "is incremental, and where the next window begins is known when the one before is"
                                            + " published, which no job of the workspace does; run it with engine job from a"
                                            + " scheduler of your own"
                                    : "has mode " + request.mode() + "; say OVERWRITE"));
        }
    }

    /** Returns all jobs that export for the tenant by schedule, ordered by name. */
    public List<DeployedJob> list(Deadline deadline) {
        return jobs.list(deadline).stream()
                .filter(job -> ExportJob.isScheduled(job.key()))
                .toList();
    }

    /**
     * Returns the job of a target.
     *
     * @throws LakeportException NOT_FOUND when it has none
     */
    public DeployedJob get(URI target, Deadline deadline) {
        ports.tenant().scope().requireObjectAccess(ports.tenant().id(), target);
        return jobs.find(ExportJob.scheduledKey(target), deadline)
                .orElseThrow(() -> new LakeportException(
                        CoreError.OBJECT_NOT_FOUND,
                        "no job of tenant '" + ports.tenant().id() + "' exports to '" + target
                                + "'; spell the target as its export did, or deploy one with export schedule"));
    }

    /**
     * Halts or resumes the schedule of a target's export; a run that has begun goes on.
     *
     * @throws LakeportException NOT_FOUND when it has no job; INVALID_REQUEST when its job has no schedule
     */
    public DeployedJob pause(URI target, boolean paused, Deadline deadline) {
        jobs.pause(get(target, deadline), paused, deadline);
        return get(target, deadline);
    }

    /**
     * Removes the job of a target, with a run that has begun. Runs that ended and were not collected are lost: collect
     * them first.
     *
     * @throws LakeportException NOT_FOUND when it has no job
     */
    public DeployedJob remove(URI target, Deadline deadline) {
        DeployedJob job = get(target, deadline);
        jobs.delete(job, deadline);
        return job;
    }

    /**
     * Publishes the runs that ended well since the last time, in order and each once, and removes what the others left. A
     * run that failed or was cut off is never published; nor is one that read an older state than is published already.
     *
     * @param progress called on this thread as files are read; cheap, and must not throw
     * @return what became of each run, oldest first; empty when there was none
     * @throws LakeportException NOT_FOUND when the target has no job; CONFLICT when another collector was faster with a
     *     different run; passing errors leave what is not yet published for the next time
     */
    public List<CollectedRun> collect(URI target, Deadline deadline, Consumer<ExportProgress> progress) {
        DeployedJob job = get(target, deadline);
        try (Target open = Target.open(ports, target, deadline, "collecting at")) {
            return new RunCollector(ports, open, jobs, deadline, progress).collect(job);
        }
    }
}
