package io.lakeport.core.export;

import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.model.DataModel;
import io.lakeport.core.export.model.ModelGate;
import io.lakeport.core.export.model.ModelReport;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.port.PlanGate;
import io.lakeport.core.export.proof.ExportProof;
import io.lakeport.core.export.proof.RunCheck;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.run.ExportPreview;
import io.lakeport.core.export.run.ExportStart;
import io.lakeport.core.export.run.Garbage;
import io.lakeport.core.export.run.RunStatus;
import io.lakeport.core.export.run.Target;
import io.lakeport.core.export.run.UnfinishedRuns;
import io.lakeport.core.export.schedule.ExportSchedules;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.FileCheck;
import io.lakeport.core.manifest.FileProof;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Use case: exports a table, in full or what is new. Thread-safe; two runs to one target at the same time are decided by
 * the manifest's number, and the loser removes its files.
 */
public final class ExportService {
    /** Enough to read a few small objects for each run. */
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final ExportPorts ports;
    private final EngineRoster roster;
    private final PlanGate gate;

    /** Creates the service over one tenant's ports, with the engines that need nothing else. */
    public ExportService(ExportPorts ports) {
        this(ports, EngineRoster.standard());
    }

    /** Creates the service over one tenant's ports. */
    public ExportService(ExportPorts ports, EngineRoster roster) {
        this(ports, roster, PlanGate.OPEN);
    }

    private ExportService(ExportPorts ports, EngineRoster roster, PlanGate gate) {
        this.ports = ports;
        this.roster = roster;
        this.gate = gate;
    }

    /**
     * Returns this use case with a data model: before a run begins, the warehouse counts what of its rows and columns is
     * not as declared, on the version that is then exported.
     *
     * @param refusing whether a violation ends the export, with MODEL_VIOLATED, before anything is written
     * @param reports takes the report of every run that is planned or previewed, on the calling thread
     */
    public ExportService conformingTo(DataModel model, boolean refusing, Consumer<ModelReport> reports) {
        return new ExportService(ports, roster, new ModelGate(ports, model, refusing, reports));
    }

    /**
     * Runs an export and returns its manifest, once it is published. A run of the same request that a dead process left
     * at the target is finished instead of begun again.
     *
     * @param progress called on this thread as the export goes on; cheap, and must not throw
     * @return empty when an incremental export found its window empty of time, so that there was nothing to publish
     * @throws io.lakeport.core.error.LakeportException PERMISSION_DENIED when the target lies outside the tenant's scope;
     *     CONFLICT when the target is used in a way that the request does not continue, or another run is at work or was
     *     faster; INVALID_REQUEST for a watermark that cannot bound windows or a target that holds the export of
     *     something else: nothing of the run is left at the target then. UNAVAILABLE and other passing errors leave what
     *     was written, with {@code run_id} and {@code resumable} in their context
     */
    public Optional<ExportManifest> run(ExportRequest request, Deadline deadline, Consumer<ExportProgress> progress) {
        requireSource(request);
        try (Target target = Target.open(ports, request.target())) {
            return new ExportStart(ports, roster, target, deadline, progress)
                    .behind(gate)
                    .next(request);
        }
    }

    /**
     * Runs an export as {@link #run} does, but from its beginning: what a dead process left of the same request is
     * removed first.
     */
    public Optional<ExportManifest> runAnew(
            ExportRequest request, Deadline deadline, Consumer<ExportProgress> progress) {
        requireSource(request);
        try (Target target = Target.open(ports, request.target())) {
            return new ExportStart(ports, roster, target, deadline, progress)
                    .behind(gate)
                    .anew(request);
        }
    }

    private void requireSource(ExportRequest request) {
        request.source()
                .catalog()
                .ifPresent(catalog ->
                        ports.tenant().scope().requireCatalog(ports.tenant().id(), catalog.value()));
    }

    /**
     * Returns what {@link #run} would do now. Nothing is written; a few statements ask for versions, columns and bounds.
     *
     * @throws io.lakeport.core.error.LakeportException as {@link #run} would, when it could not begin
     */
    public ExportPreview preview(ExportRequest request, Deadline deadline) {
        requireSource(request);
        try (Target target = Target.open(ports, request.target())) {
            return new ExportStart(ports, roster, target, deadline, progress -> {})
                    .behind(gate)
                    .preview(request);
        }
    }

    /** Returns the use case of exports that the workspace runs by schedule. */
    public ExportSchedules schedules(JobDeployer jobs) {
        return new ExportSchedules(ports, roster, jobs);
    }

    /** Returns this use case with other engines. */
    public ExportService withEngines(EngineRoster engines) {
        return new ExportService(ports, engines, gate);
    }

    /** Returns this use case with as many encoding threads; {@code count} is positive. */
    public ExportService withLanes(int count) {
        return new ExportService(ports.tuned(ports.tuning().withLanes(count)), roster, gate);
    }

    /**
     * Goes on with the run that was begun at a target and not published.
     *
     * @throws io.lakeport.core.error.LakeportException NOT_FOUND when there is none; CONFLICT when a process works on it
     */
    public ExportManifest resume(URI target, Deadline deadline, Consumer<ExportProgress> progress) {
        try (Target open = Target.open(ports, target)) {
            return new ExportStart(ports, roster, open, deadline, progress).resume();
        }
    }

    /**
     * Reads every exported file of a target again and compares it with its manifest.
     *
     * @param target as the exports named it
     * @param deadline for all files together
     * @return what was checked, and what is wrong
     * @throws io.lakeport.core.error.LakeportException PERMISSION_DENIED when the target lies outside the tenant's scope;
     *     DEADLINE_EXCEEDED when not all could be read in time, and nothing is known then
     */
    public FileCheck verify(URI target, Deadline deadline) {
        try (Target open = Target.open(ports, target, deadline, "verifying")) {
            List<ExportManifest> manifests = open.log().all();
            long files = manifests.stream()
                    .mapToLong(manifest -> manifest.files().size())
                    .sum();
            return new FileCheck(files, new FileProof(open.store()).problems(manifests));
        }
    }

    /**
     * Checks every published run of a target: files against the manifest, and the manifest's signature.
     *
     * @param deadline for all runs together
     * @return what was found, oldest run first; empty when nothing was published
     */
    public List<RunCheck> prove(URI target, Deadline deadline) {
        try (Target open = Target.open(ports, target, deadline, "verifying")) {
            return new ExportProof(ports, open).runs();
        }
    }

    /**
     * Checks every published run of a target as {@link #prove} does, and beside its source: the number of rows, and
     * a digest of the content where the workspace can read the target.
     *
     * @return what was found, oldest run first; what cannot be compared says why
     */
    public List<RunCheck> proveBesideSource(URI target, Deadline deadline) {
        URI folder = URI.create(target.toString().endsWith("/") ? target.toString() : target + "/");
        try (Target open = Target.open(ports, folder, deadline, "verifying")) {
            return new ExportProof(ports, open).runsBesideSource(folder, deadline);
        }
    }

    /** Returns the runs that were begun at a target and can still be published there, within a minute. */
    public List<RunStatus> unfinished(URI target) {
        return unfinished(target, Deadline.after(SHORT));
    }

    /** Returns the runs that were begun at a target and can still be published there. */
    public List<RunStatus> unfinished(URI target, Deadline deadline) {
        try (Target open = Target.open(ports, target, deadline, "listing")) {
            long newest = open.log().newest().map(ExportManifest::sequence).orElse(0L);
            return new UnfinishedRuns(open).status(newest);
        }
    }

    /** Returns the published runs of a target, oldest first, within a minute. */
    public List<ExportManifest> list(URI target) {
        return list(target, Deadline.after(SHORT));
    }

    /** Returns the published runs of a target, oldest first. */
    public List<ExportManifest> list(URI target, Deadline deadline) {
        try (Target open = Target.open(ports, target, deadline, "listing")) {
            return open.log().all();
        }
    }

    /**
     * Removes what dead runs left at a target and no manifest names.
     *
     * @param graceForUnknown how long ago a run of another machine must have begun to be taken for dead; not negative
     * @param deadline for the whole; what was removed until then is gone, and the next call goes on
     */
    public Garbage.Removed collectGarbage(URI target, Duration graceForUnknown, Deadline deadline) {
        try (Target open = Target.open(ports, target, deadline, "cleaning")) {
            return new Garbage(open).collect(graceForUnknown, ports.clock().instant());
        }
    }
}
