package io.lakeport.core.audit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A ledger entry beside what the workspace says of the same statement.
 *
 * @param entry what Lakeport recorded
 * @param history what the workspace recorded, empty when it knows nothing of the statement (yet)
 * @param verdict what the comparison found
 * @param differences one sentence for each field that differs; empty unless the verdict is DIFFERS
 */
public record ReconciledEntry(
        LedgerEntry entry, Optional<HistoryEntry> history, Verdict verdict, List<String> differences) {
    /** What a comparison found. */
    public enum Verdict {
        /** Both agree. */
        MATCHED,
        /** Both know the statement and say different things. */
        DIFFERS,
        /** The workspace does not know a statement that is old enough to be known. */
        MISSING,
        /** Too young to judge: the workspace may still be writing it down. */
        PENDING,
        /** It never got an id in the workspace, so there is nothing to compare with. */
        NOT_SENT
    }

    public ReconciledEntry {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(verdict, "verdict");
        differences = List.copyOf(differences);
    }
}
