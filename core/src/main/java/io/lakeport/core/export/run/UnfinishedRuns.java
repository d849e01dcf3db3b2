package io.lakeport.core.export.run;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunOwner.Life;
import io.lakeport.core.export.request.ExportRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds runs that were begun at a target and can still be published there. */
public final class UnfinishedRuns {
    private final Target target;

    /** Creates the finder of a target. */
    public UnfinishedRuns(Target target) {
        this.target = target;
    }

    /** Returns the runs whose number nobody has taken yet. */
    public List<UnfinishedRun> all(long newestSequence) {
        List<UnfinishedRun> runs = new ArrayList<>();
        for (RunJournal journal : target.journals()) {
            journal.plan()
                    .filter(plan -> plan.sequence() > newestSequence)
                    .ifPresent(plan -> runs.add(new UnfinishedRun(plan, journal, ActiveRuns.life(journal))));
        }
        return runs;
    }

    /** Returns how far those runs are. */
    public List<RunStatus> status(long newestSequence) {
        return all(newestSequence).stream().map(RunStatus::of).toList();
    }

    /**
     * Returns the run of that request whose process ended, to go on with.
     *
     * @throws LakeportException CONFLICT when a process works on it at this moment
     */
    Optional<UnfinishedRun> of(ExportRequest request, long newestSequence) {
        List<UnfinishedRun> same = all(newestSequence).stream()
                .filter(run -> run.plan().request().equals(request))
                .toList();
        for (UnfinishedRun run : same) {
            if (run.life() == Life.ALIVE) {
                throw new LakeportException(
                                CoreError.EXPORT_RUNNING,
                                "run " + run.plan().runId() + " of the same export to '" + request.target()
                                        + "' is at work since " + run.plan().startedAt()
                                        + "; wait for it, or end its process and call resume")
                        .with("run_id", run.plan().runId());
            }
        }
        return same.stream().filter(run -> run.life() == Life.DEAD).findFirst();
    }
}
