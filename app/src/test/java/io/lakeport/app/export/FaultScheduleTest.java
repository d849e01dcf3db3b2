package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.query.RowCursor;
import io.lakeport.testkit.files.DuckReader;
import io.lakeport.testwatch.ExpectWarnings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exports under seeded faults of service, network and storage. After each schedule a reader that follows the manifest
 * sees every row once, every statement has ended, nothing else is left at the target, and no memory is held.
 */
@Tag("AA-18")
@ExpectWarnings({
    "kept to go on with",
    "could not be removed; no manifest names them",
    "did not confirm its end in time",
    "could not be refreshed ahead of its end"
})
class FaultScheduleTest {
    private static final int SCHEDULES = Integer.getInteger("lakeport.fault.schedules", 200);
    private static final int GROUP = 20;
    /** After so many the remaining faults are taken back: a host would by then have called somebody. */
    private static final int ATTEMPTS = 6;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** Errors that say "later", which is what faults of others should end in. */
    private static final Set<ErrorCategory> PASSING = Set.of(
            ErrorCategory.UNAVAILABLE,
            ErrorCategory.RESOURCE_EXHAUSTED,
            ErrorCategory.UNAUTHENTICATED,
            ErrorCategory.NOT_FOUND,
            ErrorCategory.CANCELLED,
            ErrorCategory.OUTCOME_UNKNOWN,
            ErrorCategory.DEADLINE_EXCEEDED);

    @TempDir
    private static Path folder;

    private static ExportWorld world;
    private static final Map<ErrorCategory, Integer> FAILURES = new EnumMap<>(ErrorCategory.class);
    private static int resumed;

    @BeforeAll
    static void start() throws IOException {
        world = new ExportWorld(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        world.close();
        Path summary = Path.of("target", "fault-schedules.txt");
        Files.createDirectories(summary.toAbsolutePath().getParent());
        Files.writeString(
                summary,
                SCHEDULES + " schedules, runs that failed on the way: " + FAILURES + ", finished by another attempt: "
                        + resumed + "\n");
    }

    static IntStream groups() {
        return IntStream.range(0, (SCHEDULES + GROUP - 1) / GROUP);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void export_underSeededFaults_isExactlyOnce(int group) throws IOException {
        for (long seed = (long) group * GROUP; seed < Math.min(SCHEDULES, (group + 1L) * GROUP); seed++) {
            boolean volume = seed % 2 == 1;
            FaultSchedule schedule = FaultSchedule.of(seed, volume);
            URI target = (volume ? world.volume() : world.files()).resolve("seed-" + seed + "/");
            try {
                schedule.faults().forEach(world.faults()::plan);
                ExportManifest manifest = exported(request(target, seed));
                world.faults().clear();
                assertExactlyOnce(target, manifest);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + schedule.faults(), e);
            } finally {
                world.faults().clear();
            }
        }
    }

    private static ExportRequest request(URI target, long seed) {
        ExportRequest.Builder request = ExportRequest.builder(ExportWorld.orders(), target);
        return seed % 3 == 0
                ? request.partitionBy(List.of("part")).build()
                : seed % 3 == 1 ? request.mode(ExportMode.OVERWRITE).build() : request.build();
    }

    private static ExportManifest exported(ExportRequest request) {
        List<LakeportException> failures = new ArrayList<>();
        while (true) {
            try {
                ExportManifest manifest =
                        world.tenant().export(request, TIMEOUT, progress -> {}).orElseThrow();
                resumed += failures.isEmpty() ? 0 : 1;
                return manifest;
            } catch (LakeportException e) {
                FAILURES.merge(e.category(), 1, Integer::sum);
                failures.add(e);
                if (!PASSING.contains(e.category()) || failures.size() > ATTEMPTS + 1) {
                    throw new AssertionError("attempts ended in " + failures, e);
                }
                if (failures.size() >= ATTEMPTS) {
                    world.faults().clear();
                }
            }
        }
    }

    private static void assertExactlyOnce(URI target, ExportManifest manifest) throws IOException {
        assertThat(target.getScheme().equals("file") ? rowsByDuck(target, manifest) : rowsByWorkspace(target, manifest))
                .isEqualTo(List.of(
                        String.valueOf(ExportWorld.ROWS),
                        String.valueOf(ExportWorld.ROWS),
                        String.valueOf(ExportWorld.ROWS * (ExportWorld.ROWS - 1) / 2)));
        assertThat(world.tenant().verify(target).problems()).isEmpty();
        world.tenant().collectGarbage(target, Duration.ZERO);
        Set<String> expected = new TreeSet<>(Set.of("_SUCCESS", "_lakeport/manifests/0000000001.json"));
        manifest.files().forEach(file -> expected.add(file.object().key().value()));
        assertThat(objects(target)).isEqualTo(expected);
        assertThat(world.faults().unfinishedStatements()).doesNotContain("query_id");
        assertThat(world.lakeport().memory().used()).isZero();
    }

    private static List<String> rowsByDuck(URI target, ExportManifest manifest) {
        Path root = Path.of(target);
        List<Path> files = manifest.files().stream()
                .map(file -> root.resolve(file.object().key().value()))
                .toList();
        try (DuckReader reader = new DuckReader()) {
            return reader.rows("SELECT count(*), count(DISTINCT id), sum(id) FROM " + DuckReader.parquet(files))
                    .get(0);
        }
    }

    /** By the SQL engine of the workspace, which shares no code with the writer. */
    private static List<String> rowsByWorkspace(URI target, ExportManifest manifest) {
        String union = manifest.files().stream()
                .map(file -> "SELECT id FROM parquet.`" + target.getPath()
                        + file.object().key().value() + "`")
                .collect(Collectors.joining(" UNION ALL "));
        try (RowCursor row = world.tenant()
                .query("SELECT count(*), count(DISTINCT id), sum(id) FROM (" + union + ") AS files")
                .rows()) {
            assertThat(row.next()).isTrue();
            return List.of(
                    String.valueOf(row.getLong(0)), String.valueOf(row.getLong(1)), String.valueOf(row.getLong(2)));
        }
    }

    private static Set<String> objects(URI target) throws IOException {
        if (!target.getScheme().equals("file")) {
            return world.faults().files(target.getPath());
        }
        Path root = Path.of(target);
        try (Stream<Path> all = Files.walk(root)) {
            Set<String> names = new TreeSet<>();
            all.filter(Files::isRegularFile)
                    .forEach(file -> names.add(root.relativize(file).toString()));
            return names;
        }
    }
}
