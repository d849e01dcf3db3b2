package io.lakeport.core.export.run;

import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.export.journal.RunOwner.Life;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Which runs somebody works on, as far as this process can tell. Thread-safe. */
final class ActiveRuns {
    /** Runs of this process: its own liveness says nothing of theirs. */
    private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

    private ActiveRuns() {}

    /** Does the work of a run, which counts as alive meanwhile. */
    static <T> T during(String runId, Supplier<T> work) {
        HERE.add(runId);
        try {
            return work.get();
        } finally {
            HERE.remove(runId);
        }
    }

    /** Returns whether somebody works on the run. */
    static Life life(RunJournal journal) {
        if (HERE.contains(journal.runId())) {
            return Life.ALIVE;
        }
        List<RunAttempt> attempts = journal.attempts();
        if (attempts.isEmpty()) {
            return Life.UNKNOWN;
        }
        RunOwner owner = attempts.get(attempts.size() - 1).owner();
        return owner.equals(RunOwner.current()) ? Life.DEAD : owner.life();
    }
}
