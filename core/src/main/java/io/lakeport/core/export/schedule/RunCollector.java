package io.lakeport.core.export.schedule;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.job.ExportJob;
import io.lakeport.core.export.job.JobEngine;
import io.lakeport.core.export.job.JobFailure;
import io.lakeport.core.export.job.StagedFolder;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.run.ExportStart;
import io.lakeport.core.export.run.Target;
import io.lakeport.core.job.DeployedJob;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Publishes the runs that ended well, oldest first, each once: a run's id in its manifest is made from those of the
 * workspace, and the number of a manifest can be taken once, so that of two collectors one publishes and the other sees
 * it done. Readers never see an older state of the source after a newer one. Used once, by one thread.
 */
final class RunCollector {
    private static final int FIRST_LOOK = 25;
    private static final int FURTHEST_LOOK = 10_000;

    private final ExportPorts ports;
    private final Target target;
    private final JobDeployer jobs;
    private final Deadline deadline;
    private final ExportStart start;

    /** Runs whose folders stay, to be looked at or published another time. */
    private final Set<Long> unproved = new HashSet<>();

    RunCollector(
            ExportPorts ports, Target target, JobDeployer jobs, Deadline deadline, Consumer<ExportProgress> progress) {
        this.ports = ports;
        this.target = target;
        this.jobs = jobs;
        this.deadline = deadline;
        this.start = new ExportStart(ports, EngineRoster.standard(), target, deadline, progress);
    }

    List<CollectedRun> collect(DeployedJob job) {
        List<ExportManifest> history = target.log().all();
        target.completeAnnouncement(history);
        Set<String> published = history.stream().map(ExportManifest::runId).collect(Collectors.toSet());
        List<JobRun> runs = runs(job, published);
        Optional<Instant> reached = reached(job, history, runs, published);
        List<JobRun> waiting =
                runs.stream().filter(run -> !published.contains(id(run))).toList();
        StagedFolders folders = new StagedFolders(target.store(), job.id());
        List<CollectedRun> collected = collected(waiting, reached, folders);
        Set<Long> kept = new HashSet<>(unproved);
        runs.stream().filter(run -> !run.state().isEnd()).map(JobRun::id).forEach(kept::add);
        folders.remove(target.log().all(), id -> !kept.contains(id));
        return collected;
    }

    private List<CollectedRun> collected(List<JobRun> waiting, Optional<Instant> reached, StagedFolders folders) {
        List<CollectedRun> collected = new ArrayList<>();
        for (JobRun run : waiting) {
            if (reached.filter(time -> run.startedAt().isBefore(time)).isPresent()) {
                // What it left is removed now, so that this is said once.
                if (folders.has(run.id())) {
                    collected.add(CollectedRun.refused(run, "the target holds a newer state of the source already"));
                }
            } else if (!run.state().isEnd()) {
                collected.add(CollectedRun.refused(run, "it has not ended; it and later ones wait for the next time"));
                waiting.stream()
                        .filter(later -> later.startedAt().isAfter(run.startedAt()))
                        .map(JobRun::id)
                        .forEach(unproved::add);
                return collected;
            } else {
                collected.add(published(run, folders));
            }
        }
        return collected;
    }

    /** Returns the runs from the last published one on, oldest first. */
    private List<JobRun> runs(DeployedJob job, Set<String> published) {
        int most = FIRST_LOOK;
        List<JobRun> runs = jobs.runs(job.id(), most, deadline);
        while (runs.size() >= most
                && most < FURTHEST_LOOK
                && runs.stream().noneMatch(run -> published.contains(id(run)))) {
            most = Math.min(FURTHEST_LOOK, most * 4);
            runs = jobs.runs(job.id(), most, deadline);
        }
        return runs.stream()
                .sorted(Comparator.comparing(JobRun::startedAt).thenComparing(JobRun::id))
                .toList();
    }

    /** Returns the time before whose end nothing may be published: readers would go back. */
    private Optional<Instant> reached(
            DeployedJob job, List<ExportManifest> history, List<JobRun> runs, Set<String> published) {
        Optional<Instant> ours = runs.stream()
                .filter(run -> published.contains(id(run)))
                .map(JobRun::startedAt)
                .max(Comparator.naturalOrder());
        Optional<Instant> others = history.stream()
                .filter(manifest -> manifest.origin().statementIds().stream()
                        .noneMatch(origin -> origin.startsWith("job/" + job.id() + "/run/")))
                .map(ExportManifest::publishedAt)
                .max(Comparator.naturalOrder());
        return ours.filter(time -> others.filter(time::isBefore).isEmpty()).or(() -> others);
    }

    private CollectedRun published(JobRun run, StagedFolders folders) {
        if (run.state() != JobRun.State.SUCCEEDED) {
            return CollectedRun.refused(run, String.valueOf(JobFailure.of(run).getMessage()));
        }
        Optional<JobRun.TaskRun> task = run.task(ExportJob.WRITE);
        Optional<RunPlan> record =
                task.flatMap(one -> new ScheduleRecords(target.store(), ports.journals()).read(one.file()));
        if (record.isEmpty()) {
            return CollectedRun.refused(run, "it ran a text that was not deployed for this target");
        }
        Optional<StagedFolder> folder = folders.of(run.id(), task.get().id());
        if (folder.isEmpty()) {
            return CollectedRun.refused(run, "it left no folder at the target; somebody removed it");
        }
        try {
            return CollectedRun.published(
                    run, start.publish(plan(run, record.get(), folder.get()), engine(run, folder.get())));
        } catch (LakeportException e) {
            if (!isFinal(e)) {
                throw e;
            }
            unproved.add(run.id());
            return CollectedRun.refused(run, "it cannot be proved: " + e.getMessage());
        }
    }

    private static StagedEngine engine(JobRun run, StagedFolder folder) {
        return new StagedEngine(folder, JobEngine.origin(run));
    }

    private RunPlan plan(JobRun run, RunPlan deployed, StagedFolder folder) {
        ExportPlan pinned = new ExportPlan(
                OptionalLong.of(folder.version()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                deployed.plan().columns(),
                Set.of());
        long newest = target.log().newest().map(ExportManifest::sequence).orElse(0L);
        return new RunPlan(id(run), newest + 1, deployed.request(), pinned, deployed.engine(), run.startedAt());
    }

    /** Whether another try can only end the same way: rows that differ, a version that is gone. */
    private static boolean isFinal(LakeportException e) {
        return e.is(CoreError.RESULT_CORRUPT)
                || e.category() == ErrorCategory.INVALID_REQUEST
                || e.category() == ErrorCategory.NOT_FOUND;
    }

    private String id(JobRun run) {
        return ScheduledRunId.of(ports.tenant().host(), run);
    }
}
