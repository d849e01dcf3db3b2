package io.lakeport.core.export.job;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.engine.EngineOutcome;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.export.unload.FolderProof;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets a job of the workspace write the files into a folder of the run, and proves them. */
public final class JobEngine implements Engine {
    private static final Pattern ORIGIN = Pattern.compile("job/(?<job>\\d{1,18})/run/(?<run>\\d{1,18})");

    private final Supplier<JobDeployer> jobs;

    /** Creates the engine; the deployer is asked for when an export needs it. */
    public JobEngine(Supplier<JobDeployer> jobs) {
        this.jobs = jobs;
    }

    @Override
    public String name() {
        return EngineChoice.JOB.text();
    }

    @Override
    public Optional<String> objection(ExportPorts ports, ExportRequest request, Deadline deadline) {
        try {
            ExportJob.named(ports.tenant(), request);
            return jobs.get().objection(deadline);
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.NOT_SUPPORTED) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public EngineOutcome write(EngineTask task) {
        SourceQuery query = SourceQuery.of(task.run().request(), task.run().plan());
        JobAttempt.Written written = new JobAttempt(jobs.get(), task).run();
        String folder = task.journal().folder(written.attempt().number());
        return FolderProof.proved(task, query, folder, origin(written.run()));
    }

    /** Returns how a manifest and the journal name a run: {@code job/<job>/run/<run>}. */
    public static String origin(JobRun run) {
        return "job/" + run.jobId() + "/run/" + run.id();
    }

    /** Returns the run that such a text names. */
    static long jobRun(String origin) {
        Matcher matcher = ORIGIN.matcher(origin);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + origin + "' names no run of a job");
        }
        return Long.parseLong(matcher.group("run"));
    }
}
