package io.lakeport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.audit.LedgerEntry.Outcome;
import io.lakeport.core.audit.ReconciledEntry.Verdict;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerReconciliationTest {
    private static final TenantId ACME = TenantId.of("acme");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

    private final FakeSource source = new FakeSource();
    private final LedgerReconciliation reconciliation =
            new LedgerReconciliation(source, Duration.ofMinutes(10), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    @Tag("AK-27")
    void compare_agreeingMissingYoungAndUnsent_eachHasItsVerdict() {
        source.knows("old", "FINISHED", OptionalLong.of(3), "w1");
        source.knows("running", "RUNNING", OptionalLong.empty(), "w1");
        Instant young = NOW.minusSeconds(60);

        ReconciliationReport report = compare(
                LedgerEntries.entry(ACME, "old", LONG_AGO),
                LedgerEntries.entry(ACME, "lost", LONG_AGO),
                LedgerEntries.entry(ACME, "fresh", young),
                LedgerEntries.entry(ACME, "running", young),
                LedgerEntries.entry(ACME, "unsent", LONG_AGO));

        assertThat(report.entries())
                .extracting(ReconciledEntry::verdict)
                .containsExactly(Verdict.MATCHED, Verdict.MISSING, Verdict.PENDING, Verdict.PENDING, Verdict.NOT_SENT);
        assertThat(report.agrees()).isFalse();
        assertThat(report.count(Verdict.MATCHED)).isEqualTo(1);
        assertThat(report.origin()).isEqualTo("fake");
    }

    @Test
    void compare_rowsAndWarehouseDiffer_namesBoth() {
        source.knows("a", "FINISHED", OptionalLong.of(4), "w2");

        ReconciledEntry entry =
                compare(LedgerEntries.entry(ACME, "a", LONG_AGO)).entries().get(0);

        assertThat(entry.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(entry.differences()).hasSize(2).allMatch(text -> text.contains("ledger says"));
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED,,FINISHED,MATCHED",
        "SUCCEEDED,,CANCELED,DIFFERS",
        "SUCCEEDED,,RUNNING,DIFFERS",
        "ABANDONED,,CANCELED,MATCHED",
        "ABANDONED,,FAILED,DIFFERS",
        "FAILED,SQL_SYNTAX,FAILED,MATCHED",
        "FAILED,SQL_SYNTAX,FINISHED,DIFFERS",
        "FAILED,RESULT_CORRUPT,FINISHED,MATCHED",
        "CANCELLED,DEADLINE_EXCEEDED,CANCELED,MATCHED",
        "CANCELLED,DEADLINE_EXCEEDED,RUNNING,DIFFERS",
        "UNKNOWN,STATEMENT_OUTCOME_UNKNOWN,FINISHED,MATCHED"
    })
    void compare_outcomeAndStatus_fitOrDiffer(Outcome outcome, String error, String status, Verdict verdict) {
        source.knows("a", status, OptionalLong.of(99), "w1");
        long rows = outcome == Outcome.SUCCEEDED ? 99 : 0;

        ReconciliationReport report =
                compare(LedgerEntries.entry(ACME, "a", LONG_AGO, outcome, Optional.ofNullable(error), rows));

        assertThat(report.entries().get(0).verdict()).isEqualTo(verdict);
    }

    @Test
    void compare_moreThanAThousand_asksInBatchesSinceTheEarliestOfEach() {
        LedgerEntry[] many = IntStream.range(0, 2_500)
                .mapToObj(i -> LedgerEntries.entry(ACME, "n" + i, LONG_AGO.minusSeconds(i)))
                .toArray(LedgerEntry[]::new);

        compare(many);

        assertThat(source.asked).extracting(Set::size).containsExactly(1_000, 1_000, 500);
        assertThat(source.since.get(0)).isBefore(LONG_AGO.minusSeconds(2_499));
    }

    private ReconciliationReport compare(LedgerEntry... entries) {
        return reconciliation.compare(List.of(entries), Deadline.after(Duration.ofSeconds(5)));
    }

    private static final class FakeSource implements AuditSource {
        private final List<HistoryEntry> known = new ArrayList<>();
        private final List<Set<String>> asked = new ArrayList<>();
        private final List<Instant> since = new ArrayList<>();

        void knows(String tag, String status, OptionalLong rows, String warehouse) {
            known.add(new HistoryEntry(
                    "s-" + tag,
                    status,
                    "sp",
                    Optional.of(warehouse),
                    Optional.empty(),
                    Optional.empty(),
                    LONG_AGO,
                    Optional.empty(),
                    rows,
                    Map.of()));
        }

        @Override
        public String origin() {
            return "fake";
        }

        @Override
        public List<HistoryEntry> find(Set<String> ids, Instant from, Deadline deadline) {
            asked.add(ids);
            since.add(from);
            return known.stream().filter(e -> ids.contains(e.statementId())).toList();
        }

        @Override
        public void close() {}
    }
}
