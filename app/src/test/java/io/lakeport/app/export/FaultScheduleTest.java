package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.TenantClient;
import io.lakeport.app.export.FaultSchedule.Place;
import io.lakeport.app.export.FaultSchedule.Shape;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.RowCursor;
import io.lakeport.testkit.files.DuckReader;
import io.lakeport.testwatch.ExpectWarnings;
import io.lakeport.testwatch.LeavesThreads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
@LeavesThreads(value = "Keep-Alive-Timer", because = "the JDK's HTTP client keeps it until its idle connections ended")
@ExpectWarnings({
    "kept to go on with",
    "could not be removed; no manifest names them",
    "recorded could not be removed",
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
    private static final FaultSummary SUMMARY = new FaultSummary();

    @BeforeAll
    static void start() throws IOException {
        world = new ExportWorld(folder.resolve("host"), new S3World(folder.resolve("s3")));
    }

    @AfterAll
    static void stop() throws IOException {
        SUMMARY.write(Path.of("target", "fault-schedules.txt"), world);
        world.close();
    }

    static IntStream groups() {
        return IntStream.range(0, (SCHEDULES + GROUP - 1) / GROUP);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void export_underSeededFaults_isExactlyOnce(int group) throws IOException {
        for (long seed = (long) group * GROUP; seed < Math.min(SCHEDULES, (group + 1L) * GROUP); seed++) {
            FaultSchedule schedule = FaultSchedule.of(seed);
            long begin = System.nanoTime();
            try {
                schedule.mishaps().forEach(mishap -> mishap.plan().accept(world));
                ExportManifest manifest = exported(schedule);
                world.clearFaults();
                assertExactlyOnce(schedule, manifest);
                SUMMARY.passed(schedule, Duration.ofNanos(System.nanoTime() - begin));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(schedule.toString(), e);
            } finally {
                world.clearFaults();
            }
        }
    }

    private static TenantClient tenant(FaultSchedule schedule) {
        return (schedule.isBulk() ? world.bulk() : world.lakeport()).tenant("acme");
    }

    private static ExportManifest exported(FaultSchedule schedule) {
        List<LakeportException> failures = new ArrayList<>();
        while (true) {
            try {
                ExportManifest manifest = tenant(schedule)
                        .export(schedule.request(world), TIMEOUT, progress -> {})
                        .orElseThrow();
                SUMMARY.finished(failures);
                return manifest;
            } catch (LakeportException e) {
                failures.add(e);
                if (!PASSING.contains(e.category()) || failures.size() > ATTEMPTS + 1) {
                    throw new AssertionError("attempts ended in " + failures, e);
                }
                if (failures.size() >= ATTEMPTS) {
                    world.clearFaults();
                }
            }
        }
    }

    private static void assertExactlyOnce(FaultSchedule schedule, ExportManifest manifest) throws IOException {
        URI target = schedule.target(world);
        long rows = schedule.isBulk() ? ExportWorld.WIDE_ROWS : ExportWorld.ROWS;
        assertThat(schedule.place() == Place.VOLUME ? rowsByWorkspace(target, manifest) : rowsByDuck(target, manifest))
                .isEqualTo(List.of(String.valueOf(rows), String.valueOf(rows), String.valueOf(rows * (rows - 1) / 2)));
        assertThat(tenant(schedule).verify(target).problems()).isEmpty();
        tenant(schedule).collectGarbage(target, Duration.ZERO);
        assertThat(objects(target)).isEqualTo(namedByManifests(schedule, target));
        assertThat(world.faults().unfinishedStatements()).doesNotContain("query_id");
        assertThat(world.lakeport().memory().used()).isZero();
        assertThat(world.bulk().memory().used()).isZero();
    }

    /** A run that replaces what is there may have been published twice: its first answer was lost. */
    private static Set<String> namedByManifests(FaultSchedule schedule, URI target) {
        List<ExportManifest> manifests = tenant(schedule).exports().list(target);
        assertThat(manifests).hasSizeLessThanOrEqualTo(schedule.shape() == Shape.OVERWRITE ? 2 : 1);
        Set<String> named = new TreeSet<>(Set.of("_SUCCESS"));
        for (ExportManifest manifest : manifests) {
            named.add(String.format(Locale.ROOT, "_lakeport/manifests/%010d.json", manifest.sequence()));
            manifest.files().forEach(file -> named.add(file.object().key().value()));
        }
        return named;
    }

    private static List<String> rowsByDuck(URI target, ExportManifest manifest) {
        List<Path> files = manifest.files().stream()
                .map(file -> file(target, file.object().key().value()))
                .toList();
        try (DuckReader reader = new DuckReader()) {
            return reader.rows("SELECT count(*), count(DISTINCT id), sum(id) FROM " + DuckReader.parquet(files))
                    .get(0);
        }
    }

    private static Path file(URI target, String key) {
        return target.getScheme().equals("file")
                ? Path.of(target).resolve(key)
                : world.s3().file(target, key);
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
        if (target.getScheme().equals("s3")) {
            return world.s3().objects(target);
        }
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
