package io.lakeport.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.port.ExportTuning;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.FileCheck;
import io.lakeport.core.manifest.ManifestLog;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportServiceTest {
    private static final URI TARGET = URI.create("memory:///");
    private static final ExportRequest FULL = ExportRequest.builder(TableName.of("main", "default", "t"), TARGET)
            .format("lines")
            .build();

    private final FakeTable table = new FakeTable();
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryCodec codec = new InMemoryCodec();

    @AfterEach
    void everyResultIsClosed() {
        assertThat(table.openStreams).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    @Tag("AA-28")
    @Tag("BI-08")
    @Tag("BI-12")
    void run_randomHistoryOfInsertsAndUpdates_windowsTogetherEqualTheSource(long seed) {
        Random random = new Random(seed);
        ExportRequest request = FULL.incremental("updated_at");
        for (int window = 0; window < 12; window++) {
            for (int change = random.nextInt(40); change > 0; change--) {
                // A coarse clock, so that several changes share one instant, window bounds included.
                table.now = table.now.plusMillis(random.nextInt(2));
                int id = random.nextInt(30);
                int version = table.rows.containsKey(id) ? table.rows.get(id).version() + 1 : 0;
                table.rows.put(id, new FakeTable.Row(version, table.now));
            }
            Optional<ExportManifest> manifest = run(request);
            Instant high = manifest.flatMap(ExportManifest::window)
                    .map(bounds -> Instant.parse(bounds.high()))
                    .orElse(Instant.MIN);
            assertLatestVersionsEqualSourceBefore(manifest.isPresent() ? high : lastHigh());
        }
    }

    private Instant lastHigh() {
        return new ManifestLog(store, codec)
                .newest()
                .flatMap(ExportManifest::window)
                .map(bounds -> Instant.parse(bounds.high()))
                .orElseThrow();
    }

    private void assertLatestVersionsEqualSourceBefore(Instant high) {
        Map<Integer, String> exported = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (ExportManifest manifest : new ManifestLog(store, codec).all()) {
            for (WrittenFile file : manifest.files()) {
                String text = new String(store.objects.get(file.object().key().value()), StandardCharsets.UTF_8);
                text.lines().forEach(line -> {
                    lines.add(line);
                    exported.put(Integer.valueOf(line.substring(0, line.indexOf(','))), line);
                });
            }
        }
        assertThat(lines).doesNotHaveDuplicates();
        table.rows.forEach((id, row) -> {
            if (row.updatedAt().isBefore(high)) {
                assertThat(exported.get(id)).isEqualTo(FakeTable.line(id, row));
            }
        });
        assertThat(table.rows.keySet()).containsAll(exported.keySet());
    }

    @Test
    void run_fullExportTwice_secondIsRefusedAndFirstStays() {
        table.rows.put(1, new FakeTable.Row(0, table.now));
        ExportManifest manifest = run(FULL).orElseThrow();

        assertThat(manifest.rows()).isEqualTo(1);
        Map<String, byte[]> before = Map.copyOf(store.objects);
        assertThat(before).containsKeys("_SUCCESS", "_lakeport/manifests/0000000001.json");
        assertThatThrownBy(() -> run(FULL))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.TARGET_NOT_EMPTY)).isTrue());
        assertThat(store.objects).isEqualTo(before);
    }

    @Test
    void run_twoRunsAtOnce_loserRemovesItsFilesAndSaysSo() {
        table.rows.put(1, new FakeTable.Row(0, table.now));
        ExportRequest other =
                FULL.toBuilder().options(java.util.Map.of("other", "yes")).build();
        ExportService faster = new ExportService(ports(codec, store));
        ExportService slower = new ExportService(ports(codec, store));

        assertThatThrownBy(() -> slower.run(FULL, deadline(), progress -> {
                    if (progress.phase() == ExportProgress.Phase.PUBLISHING) {
                        faster.run(other, deadline(), ignored -> {});
                    }
                }))
                .isInstanceOfSatisfying(LakeportException.class, e -> {
                    assertThat(e.category()).isEqualTo(ErrorCategory.CONFLICT);
                    assertThat(e).hasMessageContaining("published run 1 first");
                });
        assertThat(store.objects.keySet().stream().filter(key -> key.startsWith("part-")))
                .hasSize(1);
    }

    @Test
    void run_serverDeliversFewerRowsThanAnnounced_nothingIsPublished() {
        table.rows.put(1, new FakeTable.Row(0, table.now));
        table.rows.put(2, new FakeTable.Row(0, table.now));
        table.loseRows = 1;

        assertThatThrownBy(() -> run(FULL))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.RESULT_CORRUPT)).isTrue())
                .hasMessageContaining("announced 2 rows and delivered 1");
        assertThat(store.objects).isEmpty();
    }

    @Test
    @Tag("BI-09")
    void run_unusableWatermark_namesColumnAndReason() {
        assertRefused("missing", "there is no such column");
        table.columns = List.of(new Column("name", SqlType.of(SqlType.Kind.STRING)));
        assertRefused("name", "its type STRING does not order rows");
        table.columns = FakeTable.COLUMNS;
        table.nullWatermarks = 3;
        assertRefused("updated_at", "3 rows have NULL in it");
        assertThat(store.objects).isEmpty();
    }

    private void assertRefused(String column, String reason) {
        assertThatThrownBy(() -> run(FULL.incremental(column)))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.WATERMARK_UNUSABLE)).isTrue())
                .hasMessageContaining("'" + column + "'")
                .hasMessageContaining(reason);
    }

    @Test
    void run_columnsChangedBetweenWindows_isRefusedByName() {
        table.rows.put(1, new FakeTable.Row(0, table.now.minusSeconds(1)));
        run(FULL.incremental("updated_at"));
        table.columns = List.of(
                new Column("id", SqlType.of(SqlType.Kind.STRING)), FakeTable.COLUMNS.get(1), FakeTable.COLUMNS.get(2));
        table.now = table.now.plusSeconds(5);

        assertThatThrownBy(() -> run(FULL.incremental("updated_at")))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("column 'id' of `main`.`default`.`t` was INT in files")
                .hasMessageContaining("is now STRING");
    }

    @Test
    @Tag("AK-13")
    void run_targetOutsideTheTenantsPrefixes_isRefusedBeforeAnyStatement() {
        for (String target : List.of("s3://other/x/", "memory:///../up/", "memory:///a/%2e%2e/b/")) {
            ExportRequest escape = ExportRequest.full(TableName.parse("t"), URI.create(target));
            Deadline deadline = deadline();
            assertThatThrownBy(() -> new ExportService(ports(codec, store)).run(escape, deadline, progress -> {}))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.OUT_OF_SCOPE)).isTrue());
        }
    }

    @Test
    void verify_changedAndMissingFile_areNamed() {
        table.rows.put(1, new FakeTable.Row(0, table.now));
        ExportManifest manifest = run(FULL).orElseThrow();
        ExportService service = new ExportService(ports(codec, store));
        String key = manifest.files().get(0).object().key().value();

        assertThat(service.verify(TARGET, deadline())).isEqualTo(new FileCheck(1, List.of()));
        store.objects.get(key)[0] ^= 1;
        assertThat(service.verify(TARGET, deadline()).problems())
                .singleElement()
                .asString()
                .contains(key, "SHA-256");
        store.objects.remove(key);
        assertThat(service.verify(TARGET, deadline()).problems())
                .singleElement()
                .asString()
                .contains(key, "missing");
    }

    @Test
    void verifyListAndGarbage_deadlineThatPassesMeanwhile_endThereAndSayWhatDidNotEnd() {
        table.rows.put(1, new FakeTable.Row(0, table.now));
        run(FULL).orElseThrow();
        ExportService service = new ExportService(ports(codec, store));
        for (Consumer<Deadline> work : List.<Consumer<Deadline>>of(
                deadline -> service.verify(TARGET, deadline),
                deadline -> service.prove(TARGET, deadline),
                deadline -> service.list(TARGET, deadline),
                deadline -> service.unfinished(TARGET, deadline),
                deadline -> service.collectGarbage(TARGET, Duration.ZERO, deadline))) {
            AtomicLong calls = new AtomicLong();
            assertThatThrownBy(() -> work.accept(Deadline.after(Duration.ofNanos(2), calls::incrementAndGet)))
                    .hasMessageContaining("'" + TARGET + "' did not end before its deadline")
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.DEADLINE_EXCEEDED)).isTrue());
            assertThat(calls.get()).as("looks at the clock").isGreaterThan(2);
        }
    }

    private Optional<ExportManifest> run(ExportRequest request) {
        return new ExportService(ports(codec, store)).run(request, deadline(), progress -> {});
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private ExportPorts ports(InMemoryCodec codecs, ObjectStore target) {
        return new ExportPorts(
                FakeTenant.writingTo("memory:///"),
                table,
                FakeTable::cursor,
                root -> target,
                format -> LineWriter.provider(),
                codecs,
                codecs,
                Optional.empty(),
                ExportTuning.standard(),
                Clock.systemUTC());
    }
}
