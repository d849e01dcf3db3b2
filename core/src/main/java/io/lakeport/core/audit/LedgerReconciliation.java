package io.lakeport.core.audit;

import io.lakeport.core.audit.ReconciledEntry.Verdict;
import io.lakeport.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Use case: sets ledger entries beside what the workspace recorded. The workspace's record lags (seconds for the query
 * history API, up to hours for system tables), so a young statement that it does not know is pending, not missing.
 * Thread-safe.
 */
public final class LedgerReconciliation {
    private static final int BATCH = 1_000;

    /** The host's clock and the workspace's may differ by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final AuditSource source;
    private final Duration lag;
    private final Clock clock;

    /**
     * Creates the use case.
     *
     * @param source the workspace's record; not closed here
     * @param lag how long after its end a statement may be unknown or unfinished there; not negative
     * @param clock tells how old an entry is
     */
    public LedgerReconciliation(AuditSource source, Duration lag, Clock clock) {
        this.source = Objects.requireNonNull(source, "source");
        this.lag = Objects.requireNonNull(lag, "lag");
        this.clock = Objects.requireNonNull(clock, "clock");
        if (lag.isNegative()) {
            throw new IllegalArgumentException("a lag of " + lag + " is negative");
        }
    }

    /**
     * Compares entries of one tenant.
     *
     * @throws io.lakeport.core.error.LakeportException as the source failed
     */
    public ReconciliationReport compare(List<LedgerEntry> entries, Deadline deadline) {
        Map<String, HistoryEntry> known = history(entries, deadline);
        Instant now = clock.instant();
        List<ReconciledEntry> compared =
                entries.stream().map(entry -> judge(entry, known, now)).toList();
        return new ReconciliationReport(source.origin(), now, compared);
    }

    private Map<String, HistoryEntry> history(List<LedgerEntry> entries, Deadline deadline) {
        List<LedgerEntry> sent = entries.stream()
                .filter(entry -> entry.statementId().isPresent())
                .sorted(Comparator.comparing(LedgerEntry::startedAt))
                .toList();
        Map<String, HistoryEntry> found = new HashMap<>();
        for (int from = 0; from < sent.size(); from += BATCH) {
            List<LedgerEntry> batch = sent.subList(from, Math.min(sent.size(), from + BATCH));
            Set<String> ids = batch.stream()
                    .flatMap(entry -> entry.statementId().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            Instant since = batch.get(0).startedAt().minus(CLOCK_SKEW);
            source.find(ids, since, deadline).forEach(entry -> found.put(entry.statementId(), entry));
        }
        return found;
    }

    private ReconciledEntry judge(LedgerEntry entry, Map<String, HistoryEntry> known, Instant now) {
        if (entry.statementId().isEmpty()) {
            return new ReconciledEntry(entry, Optional.empty(), Verdict.NOT_SENT, List.of());
        }
        boolean young = now.isBefore(entry.startedAt().plus(entry.duration()).plus(lag));
        HistoryEntry history = known.get(entry.statementId().get());
        if (history == null) {
            return new ReconciledEntry(entry, Optional.empty(), young ? Verdict.PENDING : Verdict.MISSING, List.of());
        }
        List<String> differences = differences(entry, history);
        Verdict verdict = differences.isEmpty()
                ? Verdict.MATCHED
                : young && !StatusTable.isTerminal(history.status()) ? Verdict.PENDING : Verdict.DIFFERS;
        return new ReconciledEntry(
                entry, Optional.of(history), verdict, verdict == Verdict.DIFFERS ? differences : List.of());
    }

    private static List<String> differences(LedgerEntry entry, HistoryEntry history) {
        List<String> found = new ArrayList<>();
        Set<String> expected = StatusTable.expected(entry);
        if (!expected.contains(history.status())) {
            found.add("status: the ledger says " + entry.outcome() + ", so " + new TreeSet<>(expected)
                    + " was expected; the workspace says " + history.status());
        }
        boolean whole = entry.outcome() == LedgerEntry.Outcome.SUCCEEDED;
        if (whole && history.rows().isPresent() && history.rows().getAsLong() != entry.rows()) {
            found.add("rows: the ledger says " + entry.rows() + ", the workspace "
                    + history.rows().getAsLong());
        }
        history.warehouse()
                .filter(id -> !id.equals(entry.warehouse().value()))
                .ifPresent(
                        id -> found.add("warehouse: the ledger says " + entry.warehouse() + ", the workspace " + id));
        return found;
    }
}
