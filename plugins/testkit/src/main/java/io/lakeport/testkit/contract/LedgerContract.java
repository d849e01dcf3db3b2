package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.audit.LedgerProvider;
import io.lakeport.core.audit.StatementLedger;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.sql.SqlFingerprint;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a durable {@link StatementLedger}: what was recorded is found again, by its tenant only. */
public interface LedgerContract {
    /** Returns the provider under test. */
    LedgerProvider provider();

    /** Entries come back as they were, newest first, as many as asked for. */
    @Test
    default void newest_severalRecorded_newestFirstAndNoMoreThanAsked(@TempDir Path directory) {
        try (StatementLedger ledger = provider().open(directory)) {
            ledger.record(entry("acme", 1));
            ledger.record(entry("acme", 2));
            ledger.record(entry("acme", 3));
            assertThat(ledger.newest(TenantId.of("acme"), 2)).containsExactly(entry("acme", 3), entry("acme", 2));
        }
    }

    /** A tenant sees its own entries only. */
    @Test
    default void newest_otherTenantsEntries_areNotShown(@TempDir Path directory) {
        try (StatementLedger ledger = provider().open(directory)) {
            ledger.record(entry("acme", 1));
            ledger.record(entry("umbrella", 2));
            assertThat(ledger.newest(TenantId.of("acme"), 10)).containsExactly(entry("acme", 1));
            assertThat(ledger.newest(TenantId.of("nobody"), 10)).isEmpty();
        }
    }

    /** Entries survive closing, each kind of outcome with it. */
    @Test
    default void open_again_findsWhatWasRecorded(@TempDir Path directory) {
        List<LedgerEntry> recorded = new ArrayList<>();
        try (StatementLedger ledger = provider().open(directory)) {
            for (LedgerEntry.Outcome outcome : LedgerEntry.Outcome.values()) {
                LedgerEntry entry = entry("acme", recorded.size(), outcome, Optional.empty());
                recorded.add(0, entry);
                ledger.record(entry);
            }
        }
        try (StatementLedger ledger = provider().open(directory)) {
            assertThat(ledger.newest(TenantId.of("acme"), 100)).isEqualTo(recorded);
        }
    }

    /** What is older than a time goes, also for who opens the ledger later; other tenants' entries stay. */
    @Test
    default void remove_olderThanATime_leavesTheRestInOrder(@TempDir Path directory) {
        try (StatementLedger ledger = provider().open(directory)) {
            for (int i = 1; i <= 4; i++) {
                ledger.record(entry("acme", i));
                ledger.record(entry("umbrella", i));
            }
            assertThat(ledger.remove(TenantId.of("acme"), entry("acme", 3).startedAt()))
                    .isEqualTo(2);
            ledger.record(entry("acme", 5));
        }
        try (StatementLedger ledger = provider().open(directory)) {
            assertThat(ledger.newest(TenantId.of("acme"), 10))
                    .containsExactly(entry("acme", 5), entry("acme", 4), entry("acme", 3));
            assertThat(ledger.newest(TenantId.of("umbrella"), 10)).hasSize(4);
            assertThat(ledger.remove(TenantId.of("acme"), Instant.MAX)).isEqualTo(3);
            assertThat(ledger.newest(TenantId.of("acme"), 10)).isEmpty();
            assertThat(ledger.remove(TenantId.of("acme"), Instant.MAX)).isZero();
        }
    }

    /** Threads that record at the same time lose nothing. */
    @Test
    default void record_byManyThreads_keepsEveryEntry(@TempDir Path directory) throws InterruptedException {
        try (StatementLedger ledger = provider().open(directory)) {
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread * 50;
                threads.add(new Thread(() -> recordFrom(ledger, first, 50)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(ledger.newest(TenantId.of("acme"), 1000))
                    .doesNotHaveDuplicates()
                    .hasSize(200);
        }
    }

    /** A place that cannot hold a ledger is refused at once, by name. */
    @Test
    default void open_whereAFileStands_isRefused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("taken"), "not a directory");
        assertThatThrownBy(() -> provider().open(file).close())
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("taken");
    }

    private static void recordFrom(StatementLedger ledger, int first, int count) {
        for (int i = first; i < first + count; i++) {
            ledger.record(entry("acme", i));
        }
    }

    private static LedgerEntry entry(String tenant, int number) {
        return entry(tenant, number, LedgerEntry.Outcome.FAILED, Optional.of("SQL_SYNTAX"));
    }

    private static LedgerEntry entry(String tenant, int number, LedgerEntry.Outcome outcome, Optional<String> error) {
        return new LedgerEntry(
                TenantId.of(tenant),
                Purpose.ANALYTICS,
                SqlFingerprint.of("SELECT " + number),
                String.format("%032x", number),
                error.map(ignored -> "01ef-" + number),
                WarehouseId.of("w1"),
                number,
                Long.MAX_VALUE - number,
                Instant.parse("2026-01-01T00:00:00Z").plusMillis(number),
                Duration.ofMillis(number),
                outcome,
                error);
    }
}
