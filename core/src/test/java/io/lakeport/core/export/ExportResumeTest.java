package io.lakeport.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.port.ExportTuning;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ManifestLog;
import io.lakeport.core.manifest.TargetState;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is killed at each change that it makes to the target, and another one goes on. */
@Tag("AA-18")
class ExportResumeTest {
    private static final URI TARGET = URI.create("memory:///");
    private static final int ROWS = 50;
    /** A line or two: a segment for every chunk, so that many are recorded. */
    private static final long SMALL_SEGMENT = 4;

    private static final ExportRequest FULL = ExportRequest.builder(TableName.of("main", "default", "t"), TARGET)
            .format("lines")
            .build();

    private final InMemoryCodec codec = new InMemoryCodec();
    private InMemoryStore store = new InMemoryStore();
    private ChunkedTable table = new ChunkedTable(ROWS);

    @AfterEach
    void nothingIsHeld() {
        assertThat(table.open).hasValue(0);
        assertThat(table.chunksHeld).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_killedAtEveryChange_nextRunFinishesAndReadersSeeEachRowOnce(boolean changeReachesTheTarget) {
        int resumed = 0;
        for (int change = 1; ; change++) {
            store = new InMemoryStore();
            table = new ChunkedTable(ROWS);
            MortalStore mortal = new MortalStore(store, change, changeReachesTheTarget);
            boolean killed = dies(mortal);
            boolean published = !new ManifestLog(store, codec).all().isEmpty();
            if (!published) {
                service(store).run(FULL, deadline(), progress -> {});
            } else if (store.objects.keySet().stream().anyMatch(key -> key.endsWith("/plan.json"))) {
                assertToldAsDone();
            } else {
                assertRefusedAsDone();
            }
            // One statement for the columns and one for the rows: the second process ran none of its own.
            resumed += killed && !published && table.tags.size() == 2 ? 1 : 0;
            assertEachRowOnce();
            service(store).collectGarbage(TARGET, Duration.ZERO, deadline());
            assertOnlyNamedObjects();
            nothingIsHeld();
            if (!killed) {
                assertThat(change).as("changes that a run makes").isGreaterThan(ROWS / ChunkedTable.CHUNK_ROWS * 2);
                break;
            }
        }
        assertThat(resumed).as("runs that used the result of the dead process").isGreaterThan(10);
    }

    @Test
    void run_killedTwice_thirdProcessUsesSegmentsOfBoth() {
        assertThat(dies(new MortalStore(store, 12, true))).isTrue();
        int first = table.chunksRead.get();
        assertThat(dies(new MortalStore(store, 12, true))).isTrue();
        service(store).run(FULL, deadline(), progress -> {});

        assertEachRowOnce();
        assertThat(first).isPositive();
        // Every chunk once, and again only those that were in nobody's segment when a process died.
        int chunks = (ROWS + ChunkedTable.CHUNK_ROWS - 1) / ChunkedTable.CHUNK_ROWS;
        assertThat(table.chunksRead.get()).isBetween(chunks, chunks + 2 * 4);
    }

    @Test
    void resume_resultExpired_readsTheSnapshotAgainAndDropsTheSegments() {
        assertThat(dies(new MortalStore(store, 14, true))).isTrue();
        table.results.clear();

        ExportManifest manifest = service(store).resume(TARGET, deadline(), progress -> {});

        assertThat(manifest.rows()).isEqualTo(ROWS);
        assertThat(manifest.files())
                .allMatch(file -> file.object().key().fileName().contains("-02-"));
        assertEachRowOnce();
        assertOnlyNamedObjects();
    }

    @Test
    void run_serverListsAHalfWrittenRecordUnderALongerName_isNotTakenForOne() {
        assertThat(dies(new MortalStore(store, 12, true))).isTrue();
        String record = store.objects.keySet().stream()
                .filter(key -> key.contains("/segment-"))
                .findFirst()
                .orElseThrow();
        store.objects.put(record + "-3bc47a46-434d-45a7-bef2-7fc8e5874433", new byte[] {'{'});

        service(store).run(FULL, deadline(), progress -> {});

        assertEachRowOnce();
        assertOnlyNamedObjects();
    }

    @Test
    void resume_nothingBegun_saysSo() {
        assertThatThrownBy(() -> service(store).resume(TARGET, deadline(), progress -> {}))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("no run at 'memory:///' waits to be resumed");
    }

    @Test
    void run_sameExportAtWork_isRefusedAndTheFirstGoesOn() {
        List<LakeportException> refused = new ArrayList<>();
        service(store).run(FULL, deadline(), progress -> {
            if (progress.phase() == ExportProgress.Phase.PUBLISHING) {
                assertThatThrownBy(() -> service(store).run(FULL, deadline(), ignored -> {}))
                        .isInstanceOfSatisfying(LakeportException.class, refused::add);
            }
        });

        assertThat(refused).singleElement().satisfies(e -> {
            assertThat(e.is(CoreError.EXPORT_RUNNING)).isTrue();
            assertThat(e).hasMessageContaining("is at work since");
        });
        assertEachRowOnce();
    }

    private boolean dies(MortalStore mortal) {
        try {
            service(mortal).run(FULL, deadline(), progress -> {});
            return false;
        } catch (LakeportException | MortalStore.Killed e) {
            return true;
        }
    }

    /** The dead process had published its run, and could not say so. */
    private void assertToldAsDone() {
        ExportManifest published = new ManifestLog(store, codec).newest().orElseThrow();
        assertThat(service(store).run(FULL, deadline(), progress -> {})).contains(published);
        assertThat(store.objects).containsKey("_SUCCESS");
    }

    private void assertRefusedAsDone() {
        assertThatThrownBy(() -> service(store).run(FULL, deadline(), progress -> {}))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.TARGET_NOT_EMPTY)).isTrue());
        assertThat(store.objects).containsKey("_SUCCESS");
    }

    private void assertEachRowOnce() {
        List<Integer> read = new ArrayList<>();
        for (TargetState.LiveFile live :
                TargetState.after(new ManifestLog(store, codec).all()).files()) {
            String text =
                    new String(store.objects.get(live.file().object().key().value()), StandardCharsets.UTF_8);
            text.lines().map(Integer::valueOf).forEach(read::add);
        }
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS).boxed().toList());
    }

    private void assertOnlyNamedObjects() {
        List<String> named = new ArrayList<>(List.of("_SUCCESS", "_lakeport/manifests/0000000001.json"));
        new ManifestLog(store, codec)
                .all()
                .forEach(manifest -> manifest.files()
                        .forEach(file -> named.add(file.object().key().value())));
        assertThat(store.objects.keySet()).containsExactlyInAnyOrderElementsOf(named);
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private ExportService service(ObjectStore at) {
        ExportTuning tuning = new ExportTuning(3, SMALL_SEGMENT, MemoryBudget.of("test", 1 << 20), Optional.empty());
        return new ExportService(new ExportPorts(
                FakeTenant.writingTo("memory:///"),
                table,
                FakeTable::cursor,
                root -> at,
                format -> LineWriter.provider(),
                codec,
                codec,
                Optional.empty(),
                tuning,
                Clock.systemUTC()));
    }
}
