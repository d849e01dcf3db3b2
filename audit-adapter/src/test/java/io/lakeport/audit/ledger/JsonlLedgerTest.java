package io.lakeport.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.audit.LedgerProvider;
import io.lakeport.core.audit.StatementLedger;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.sql.SqlFingerprint;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.testkit.contract.LedgerContract;
import io.lakeport.testwatch.ExpectWarnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlLedgerTest implements LedgerContract {
    private static final TenantId ACME = TenantId.of("acme");

    @TempDir
    Path directory;

    @Override
    public LedgerProvider provider() {
        return new JsonlLedgerProvider();
    }

    @Test
    @Tag("AK-27")
    void newest_afterReopening_givesEveryFieldBackNewestFirst() {
        LedgerEntry full = entry("1", Optional.of("s-1"), Optional.empty(), LedgerEntry.Outcome.SUCCEEDED);
        LedgerEntry failed = entry("2", Optional.empty(), Optional.of("SQL_SYNTAX"), LedgerEntry.Outcome.FAILED);
        try (StatementLedger ledger = new JsonlLedgerProvider().open(directory)) {
            ledger.record(full);
            ledger.record(failed);
        }
        try (StatementLedger ledger = new JsonlLedgerProvider().open(directory)) {
            assertThat(ledger.newest(ACME, 10)).containsExactly(failed, full);
            assertThat(ledger.newest(ACME, 1)).containsExactly(failed);
            assertThat(ledger.newest(TenantId.of("bolt"), 1)).isEmpty();
        }
    }

    @Test
    @ExpectWarnings("ended in an unfinished line")
    void record_afterATornLine_removesItAndGoesOn() throws IOException {
        StatementLedger ledger = new JsonlLedgerProvider().open(directory);
        ledger.record(entry("1"));
        Files.writeString(file(), "{\"tenant\":\"acme\",\"purp", StandardOpenOption.APPEND);
        assertThat(tags(ledger, 10)).as("a torn line is no entry").containsExactly("1");

        ledger.record(entry("2"));

        assertThat(tags(ledger, 10)).containsExactly("2", "1");
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    @ExpectWarnings("has 2 lines that are no entries")
    void newest_linesAreDamaged_skipsThem() throws IOException {
        StatementLedger ledger = new JsonlLedgerProvider().open(directory);
        ledger.record(entry("1"));
        Files.writeString(file(), "not json\n{\"tenant\":\"acme\"}\n", StandardOpenOption.APPEND);
        ledger.record(entry("2"));

        assertThat(tags(ledger, 10)).containsExactly("2", "1");
    }

    @Test
    void record_beyondTheSize_rotatesAndReadsAcrossFiles() throws IOException {
        StatementLedger ledger = JsonlLedger.open(directory, 1_000);
        IntStream.range(0, 40).forEach(i -> ledger.record(entry("t" + i)));

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(f -> f.toString().endsWith(".jsonl")).toList())
                    .hasSizeGreaterThan(5)
                    .allSatisfy(f -> assertThat(f)
                            .hasSize(Files.size(f))
                            .matches(x -> x.toFile().length() <= 1_000));
        }
        List<String> expected = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> expected.add(0, "t" + i));
        assertThat(tags(ledger, 100)).isEqualTo(expected);
        assertThat(tags(ledger, 17)).isEqualTo(expected.subList(0, 17));
    }

    @Test
    void newest_linesOfEveryLengthAcrossBlocks_areAllRead() throws IOException {
        Random random = new Random(42);
        StatementLedger ledger = new JsonlLedgerProvider().open(directory);
        List<String> expected = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String tag = i + "-" + "x".repeat(random.nextInt(i % 50 == 0 ? 200_000 : 400));
            expected.add(0, tag);
            text.append(new String(EntryJson.line(entry(tag)), java.nio.charset.StandardCharsets.UTF_8));
        }
        Files.writeString(file(), text);

        assertThat(tags(ledger, 1_000)).isEqualTo(expected);
    }

    @Test
    void record_manyThreadsAndTwoLedgersOnOneDirectory_losesAndMixesNothing() throws Exception {
        StatementLedger one = JsonlLedger.open(directory, 20_000);
        StatementLedger other = JsonlLedger.open(directory, 20_000);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String tag = "t" + i;
            StatementLedger ledger = i % 2 == 0 ? one : other;
            all.add(threads.submit(() -> ledger.record(entry(tag))));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();

        assertThat(tags(one, 1_000)).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    @ExpectWarnings("lost the entry")
    void record_diskIsFull_isReportedNotThrown() throws IOException {
        StatementLedger ledger = new JsonlLedgerProvider().open(directory);
        Files.createSymbolicLink(file(), Path.of("/dev/full"));

        ledger.record(entry("1"));
    }

    @Test
    void open_directoryCannotBeMade_isPermissionDenied() throws IOException {
        Path blocker = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> new JsonlLedgerProvider().open(blocker.resolve("ledger")))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.TARGET_NOT_WRITABLE)).isTrue());
    }

    private Path file() {
        return directory.resolve("acme.jsonl");
    }

    private static List<String> tags(StatementLedger ledger, int limit) {
        return ledger.newest(ACME, limit).stream().map(LedgerEntry::tag).toList();
    }

    private static LedgerEntry entry(String tag) {
        return entry(tag, Optional.of("s-1"), Optional.empty(), LedgerEntry.Outcome.SUCCEEDED);
    }

    private static LedgerEntry entry(
            String tag, Optional<String> id, Optional<String> error, LedgerEntry.Outcome outcome) {
        return new LedgerEntry(
                ACME,
                Purpose.EXPORT,
                SqlFingerprint.of("SELECT 1"),
                tag,
                id,
                WarehouseId.of("w1"),
                5,
                1_234_567_890_123L,
                Instant.parse("2026-11-21T10:00:00.123456Z"),
                Duration.ofMillis(1234),
                outcome,
                error);
    }
}
