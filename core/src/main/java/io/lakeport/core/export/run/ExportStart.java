package io.lakeport.core.export.run;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.choice.Choice;
import io.lakeport.core.export.choice.EngineAdvisor;
import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunOwner.Life;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.port.ExportProgress.Phase;
import io.lakeport.core.export.port.PlanGate;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.export.request.PartitionField;
import io.lakeport.core.export.source.SourcePlanner;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins runs at one target, or goes on with those that were begun. */
public final class ExportStart {
    private static final Logger LOG = LoggerFactory.getLogger(ExportStart.class);

    private final ExportPorts ports;
    private final EngineRoster roster;
    private final Target target;
    private final Deadline deadline;
    private final Consumer<ExportProgress> progress;
    private final PlanGate gate;

    /** Creates the start at a target. */
    public ExportStart(
            ExportPorts ports,
            EngineRoster roster,
            Target target,
            Deadline deadline,
            Consumer<ExportProgress> progress) {
        this(ports, roster, target, deadline, progress, PlanGate.OPEN);
    }

    private ExportStart(
            ExportPorts ports,
            EngineRoster roster,
            Target target,
            Deadline deadline,
            Consumer<ExportProgress> progress,
            PlanGate gate) {
        this.ports = ports;
        this.roster = roster;
        this.target = target;
        this.deadline = deadline;
        this.progress = progress;
        this.gate = gate;
    }

    /** Returns this start, at which a run begins only when a gate admits its plan; one that was begun goes on. */
    public ExportStart behind(PlanGate admitting) {
        return new ExportStart(ports, roster, target, deadline, progress, admitting);
    }

    /**
     * Performs the next run of a request, from its beginning: what a dead process left of the same request is removed.
     * Empty when there is nothing new.
     */
    public Optional<ExportManifest> anew(ExportRequest request) {
        long newest = sequence(target.log().all());
        Garbage garbage = new Garbage(target);
        for (Optional<UnfinishedRun> left = new UnfinishedRuns(target).of(request, newest);
                left.isPresent();
                left = new UnfinishedRuns(target).of(request, newest)) {
            garbage.removeRun(
                    left.get().journal(), Optional.empty(), left.get().plan().sequence());
        }
        return next(request);
    }

    /**
     * Returns what the next run of a request would do. Nothing is written, and no rows are read.
     *
     * @throws LakeportException as a run of it would, when it could not begin
     */
    public ExportPreview preview(ExportRequest request) {
        List<ExportManifest> history = target.log().all();
        long newest = sequence(history);
        Optional<UnfinishedRun> unfinished = new UnfinishedRuns(target).of(request, newest);
        if (unfinished.isPresent()) {
            RunStatus status = RunStatus.of(unfinished.get());
            return new ExportPreview(
                    request,
                    status.plan().sequence(),
                    Optional.of(status),
                    Optional.of(status.plan().plan()),
                    Optional.empty());
        }
        if (!history.isEmpty()) {
            checkContinues(request, history.get(history.size() - 1));
        }
        target.checkMode(request);
        Optional<ExportPlan> plan = new SourcePlanner(ports, request).next(history, deadline);
        plan.ifPresent(found -> gate.admit(request, found, deadline));
        Optional<Choice> choice = plan.map(found -> choose(request, found, history, true));
        return new ExportPreview(request, newest + 1, Optional.empty(), plan, choice);
    }

    /** Performs the next run of a request; empty when there is nothing new. */
    public Optional<ExportManifest> next(ExportRequest request) {
        progress.accept(ExportProgress.begin(Phase.PLANNING));
        target.probe();
        List<ExportManifest> history = target.log().all();
        target.completeAnnouncement(history);
        long newest = sequence(history);
        Optional<UnfinishedRun> unfinished = new UnfinishedRuns(target).of(request, newest);
        if (unfinished.isPresent()) {
            return Optional.of(perform(unfinished.get().plan()));
        }
        Optional<RunPlan> unreported = unreported(history);
        if (unreported.filter(run -> run.request().equals(request)).isPresent()
                && request.mode() == ExportMode.CREATE) {
            return Optional.of(history.get(history.size() - 1));
        }
        if (!history.isEmpty()) {
            checkContinues(request, history.get(history.size() - 1));
        }
        target.checkMode(request);
        Optional<ExportPlan> plan = new SourcePlanner(ports, request).next(history, deadline);
        if (plan.isEmpty()) {
            progress.accept(ExportProgress.begin(Phase.DONE));
            return Optional.empty();
        }
        gate.admit(request, plan.get(), deadline);
        return Optional.of(perform(begin(request, newest + 1, plan.get(), history)));
    }

    /**
     * Goes on with the newest run that was begun at the target and not published.
     *
     * @throws LakeportException NOT_FOUND when there is none; CONFLICT when a process works on it
     */
    public ExportManifest resume() {
        List<ExportManifest> history = target.log().all();
        target.completeAnnouncement(history);
        List<UnfinishedRun> runs = new UnfinishedRuns(target).all(sequence(history));
        for (UnfinishedRun run : runs) {
            if (run.life() != Life.ALIVE) {
                return perform(run.plan());
            }
        }
        if (!runs.isEmpty()) {
            throw new LakeportException(
                    CoreError.EXPORT_RUNNING,
                    "run " + runs.get(0).plan().runId() + " at '"
                            + target.store().root() + "' is at work; wait for it, or end its process and call resume");
        }
        if (unreported(history).isPresent()) {
            return history.get(history.size() - 1);
        }
        throw new LakeportException(
                CoreError.OBJECT_NOT_FOUND,
                "no run at '" + target.store().root() + "' waits to be resumed; it holds " + history.size()
                        + " finished run(s); begin another with export");
    }

    /**
     * Returns the newest published run when its records are still there: its process ended between the two, and never
     * said that the run was done. They are removed.
     */
    private Optional<RunPlan> unreported(List<ExportManifest> history) {
        if (history.isEmpty()) {
            return Optional.empty();
        }
        ExportManifest newest = history.get(history.size() - 1);
        RunJournal journal = target.journal(newest.runId());
        Optional<RunPlan> plan = journal.plan().filter(run -> ActiveRuns.life(journal) != Life.ALIVE);
        if (plan.isPresent()) {
            new Garbage(target).removeRun(journal, newest);
        }
        return plan;
    }

    private Choice choose(ExportRequest request, ExportPlan plan, List<ExportManifest> history, boolean everything) {
        return new EngineAdvisor(ports, roster, deadline).choose(request, plan, history, everything);
    }

    private RunPlan begin(ExportRequest request, long sequence, ExportPlan plan, List<ExportManifest> history) {
        Choice choice = choose(request, plan, history, false);
        LOG.info("export of {} by engine {}", request.source(), String.join("; ", choice.lines()));
        return recorded(request, sequence, plan, choice.engine());
    }

    private RunPlan recorded(ExportRequest request, long sequence, ExportPlan plan, EngineChoice engine) {
        String runId = UUID.randomUUID().toString().replace("-", "");
        RunPlan run = new RunPlan(
                runId, sequence, request, plan, engine.text(), ports.clock().instant());
        target.journal(runId).begin(run);
        return run;
    }

    /**
     * Proves and publishes what somebody else has written already.
     *
     * @param run what was written, with the number that it is to take; nothing of it is recorded beforehand
     * @param engine proves the files
     * @throws LakeportException CONFLICT when another run took the number; UNAVAILABLE (RESULT_CORRUPT) when files and
     *     source do not agree
     */
    public ExportManifest publish(RunPlan run, Engine engine) {
        return new ExportRun(ports, target, run).perform(engine, deadline, progress);
    }

    /** Performs a run; where the warehouse may not write, and the choice is free, the rows go through this host. */
    private ExportManifest perform(RunPlan run) {
        try {
            return attempt(run);
        } catch (LakeportException e) {
            boolean free = run.request().engine() == EngineChoice.AUTO
                    && roster.allowed().contains(EngineChoice.STREAM)
                    && run.engine().equals(EngineChoice.UNLOAD.text());
            if (!free || !e.is(CoreError.TARGET_NOT_WRITABLE)) {
                throw e;
            }
            String why = "engine stream takes over from unload: " + e.getMessage();
            LOG.warn("export of {}: {}", run.request().source(), why);
            progress.accept(ExportProgress.noted(Phase.PLANNING, why));
            return attempt(recorded(run.request(), run.sequence(), run.plan(), EngineChoice.STREAM));
        }
    }

    private ExportManifest attempt(RunPlan run) {
        return new ExportRun(ports, target, run).perform(roster.engine(run.engine()), deadline, progress);
    }

    private static long sequence(List<ExportManifest> history) {
        return history.isEmpty() ? 0 : history.get(history.size() - 1).sequence();
    }

    private static void checkContinues(ExportRequest request, ExportManifest previous) {
        String place = "export target '" + request.target() + "'";
        if (request.mode() == ExportMode.CREATE) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_EMPTY,
                    place + " already holds run " + previous.sequence() + " of " + previous.source()
                            + "; give another target, say that it shall be overwritten, or give a watermark column to"
                            + " export what is new");
        }
        if (request.mode() == ExportMode.OVERWRITE) {
            return;
        }
        List<String> partitions =
                request.partitionBy().stream().map(PartitionField::name).toList();
        boolean same = previous.source().equals(request.source().quoted())
                && previous.format().equals(request.format())
                && previous.partitionBy().equals(partitions)
                && previous.keys().equals(request.keys())
                && (request.increment().isEmpty()
                        || previous.window().isEmpty()
                        || previous.window()
                                .map(ExportWindow::column)
                                .equals(request.increment().flatMap(Increment::watermark)));
        if (!same) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    place + " continues an export of " + previous.source() + " as " + previous.format()
                            + ", partitioned by " + previous.partitionBy() + ", along "
                            + previous.window().map(ExportWindow::column).orElse("nothing")
                            + "; ask for the same, or give another target");
        }
    }
}
