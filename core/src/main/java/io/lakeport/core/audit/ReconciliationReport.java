package io.lakeport.core.audit;

import io.lakeport.core.audit.ReconciledEntry.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The ledger set beside the workspace's own record.
 *
 * @param origin where the workspace's record came from, for example {@code query-history-api}
 * @param at when it was compared
 * @param entries one for each ledger entry, in the order they were given
 */
public record ReconciliationReport(String origin, Instant at, List<ReconciledEntry> entries) {
    public ReconciliationReport {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
        entries = List.copyOf(entries);
    }

    /** Returns how many entries have that verdict. */
    public long count(Verdict verdict) {
        return entries.stream().filter(entry -> entry.verdict() == verdict).count();
    }

    /** Returns whether no entry differs or is missing; entries too young to judge do not count against it. */
    public boolean agrees() {
        return count(Verdict.DIFFERS) == 0 && count(Verdict.MISSING) == 0;
    }
}
