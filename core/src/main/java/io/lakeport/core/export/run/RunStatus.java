package io.lakeport.core.export.run;

import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.journal.Segment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a run is that was begun and not published.
 *
 * @param plan what it does
 * @param owner process that worked on it last, empty when none had begun
 * @param life whether that process still works, as far as this machine can tell
 * @param attempts how many processes worked on it
 * @param segments segments that are durable and would not be written again while the statement's result lives
 * @param rows rows in them
 * @param bytes bytes of their files
 */
public record RunStatus(
        RunPlan plan, Optional<RunOwner> owner, RunOwner.Life life, int attempts, int segments, long rows, long bytes) {
    public RunStatus {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(life, "life");
    }

    /** Reads the status of a run from its records. */
    static RunStatus of(UnfinishedRun run) {
        RunJournal journal = run.journal();
        List<RunAttempt> attempts = journal.attempts();
        Optional<RunAttempt> last =
                attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
        List<Segment> segments =
                last.flatMap(RunAttempt::statementId).map(journal::segments).orElse(List.of());
        return new RunStatus(
                run.plan(),
                last.map(RunAttempt::owner),
                run.life(),
                attempts.size(),
                segments.size(),
                segments.stream().mapToLong(Segment::rows).sum(),
                segments.stream().mapToLong(Segment::bytes).sum());
    }
}
