package io.lakeport.core.export.run;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.engine.EngineOutcome;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.port.ExportProgress.Phase;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.PartitionField;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportOrigin;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.time.Deadline;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a run that is planned and recorded, up to its publication. Used once, by one thread. */
final class ExportRun {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRun.class);

    /** After these the rows may be written later: what is recorded stays for {@code resume}. */
    private static final Set<ErrorCategory> PASSING = Set.of(
            ErrorCategory.UNAVAILABLE,
            ErrorCategory.RESOURCE_EXHAUSTED,
            ErrorCategory.DEADLINE_EXCEEDED,
            ErrorCategory.CANCELLED,
            ErrorCategory.UNAUTHENTICATED,
            ErrorCategory.OUTCOME_UNKNOWN);

    private final ExportPorts ports;
    private final Target target;
    private final RunPlan run;
    private final RunJournal journal;
    private final Garbage garbage;

    ExportRun(ExportPorts ports, Target target, RunPlan run) {
        this.ports = ports;
        this.target = target;
        this.run = run;
        this.journal = target.journal(run.runId());
        this.garbage = new Garbage(target);
    }

    ExportManifest perform(Engine engine, Deadline deadline, Consumer<ExportProgress> progress) {
        return ActiveRuns.during(run.runId(), () -> {
            try {
                return write(engine, deadline, progress);
            } catch (LakeportException e) {
                throw failed(e);
            } catch (RuntimeException | Error e) {
                removeUnpublished(e);
                throw e;
            }
        });
    }

    private ExportManifest write(Engine engine, Deadline deadline, Consumer<ExportProgress> progress) {
        progress.accept(ExportProgress.begin(Phase.RUNNING_STATEMENT));
        EngineOutcome outcome = engine.write(new EngineTask(ports, run, journal, target.store(), deadline, progress));
        ExportManifest manifest = manifest(engine, outcome);
        progress.accept(at(Phase.PUBLISHING, manifest));
        target.check(manifest);
        target.log().publish(manifest);
        target.announce(manifest);
        removeUnused(manifest);
        progress.accept(at(Phase.DONE, manifest));
        return manifest;
    }

    /** The export is done; whoever cannot tidy up after it must not say that it failed. */
    private void removeUnused(ExportManifest published) {
        try {
            garbage.removeRun(journal, published);
        } catch (LakeportException e) {
            LOG.warn(
                    "what run {} at {} recorded could not be removed; no manifest names them, and gc removes them",
                    run.runId(),
                    target.store().root(),
                    e);
        }
    }

    private ExportManifest manifest(Engine engine, EngineOutcome outcome) {
        ExportRequest request = run.request();
        ExportPlan plan = run.plan();
        ExportManifest manifest = new ExportManifest(
                run.sequence(),
                run.runId(),
                new ExportOrigin(
                        request.source().quoted(),
                        engine.name(),
                        outcome.statementIds(),
                        plan.snapshotVersion(),
                        plan.window(),
                        plan.feed()),
                request.format(),
                request.mode(),
                request.keys(),
                outcome.columns(),
                request.partitionBy().stream().map(PartitionField::name).toList(),
                replaced(outcome.files()),
                outcome.files(),
                outcome.rows(),
                ports.clock().instant(),
                Optional.empty());
        return ports.signer().map(signer -> signer.sign(manifest)).orElse(manifest);
    }

    private Set<Map<String, String>> replaced(List<WrittenFile> files) {
        if (run.request().mode() != ExportMode.OVERWRITE_PARTITIONS) {
            return Set.of();
        }
        Set<Map<String, String>> replaced =
                files.stream().map(WrittenFile::partition).collect(Collectors.toSet());
        replaced.addAll(run.plan().replacedPartitions());
        return new HashSet<>(replaced);
    }

    private LakeportException failed(LakeportException e) {
        if (PASSING.contains(e.category()) && !e.is(CoreError.RESULT_CORRUPT)) {
            LOG.warn("run {} ended before it was published; what it wrote so far is kept to go on with", run.runId());
            return e.with("run_id", run.runId()).with("resumable", "true");
        }
        removeUnpublished(e);
        return e;
    }

    private void removeUnpublished(Throwable failure) {
        if (isShared()) {
            return;
        }
        try {
            garbage.removeRun(journal, Optional.empty(), run.sequence());
        } catch (RuntimeException e) {
            LOG.warn(
                    "files of run {} at {} could not be removed; no manifest names them",
                    run.runId(),
                    target.store().root());
            failure.addSuppressed(e);
        }
    }

    /** Another machine may be at work on the same run, and its manifest may come to name files that are here now. */
    private boolean isShared() {
        RunOwner here = RunOwner.current();
        return journal.attempts().stream()
                .map(RunAttempt::owner)
                .anyMatch(owner -> !owner.equals(here) && owner.life() != RunOwner.Life.DEAD);
    }

    private static ExportProgress at(Phase phase, ExportManifest manifest) {
        return new ExportProgress(
                phase,
                manifest.rows(),
                OptionalLong.of(manifest.rows()),
                0,
                manifest.files().size(),
                manifest.bytes());
    }
}
