package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.app.TenantClient;
import io.lakeport.app.export.mortal.MortalPlugin;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.testwatch.LeavesThreads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that die while they export, and another process that goes on: killed just before and just after each change
 * of the target in the profile {@code faults}, at some of them otherwise; or without room on the disk.
 */
@LeavesThreads(value = "Keep-Alive-Timer", because = "the JDK's HTTP client keeps it until its idle connections ended")
class KilledAtEachStepTest {
    /** Of each kind of target; the profile {@code faults} takes every step. */
    private static final int KILLS = Integer.getInteger("lakeport.fault.schedules", 200) / 65;

    private static final int KILLED = 137;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Path SUMMARY = Path.of("target", "fault-kills.txt");

    @TempDir
    private static Path folder;

    private static ExportWorld world;
    private static String plugins;

    @BeforeAll
    static void start() throws IOException {
        world = new ExportWorld(folder.resolve("host"), new S3World(folder.resolve("s3")));
        plugins = MortalPlugin.packInto(folder.resolve("plugins")).toString();
        Files.createDirectories(Path.of("target"));
        Files.deleteIfExists(SUMMARY);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /** An export that is killed again and again. */
    private record Victim(String place, String table, String format) {
        URI target(String name) {
            URI root = place.equals("file") ? world.files() : world.s3().root();
            return root.resolve(place + "-" + table + "-" + format + "-" + name + "/");
        }

        boolean isWide() {
            return table.equals("wide_orders");
        }

        ExportProcess.End die(URI target, int step, boolean before) throws Exception {
            return ExportProcess.run(
                    "",
                    List.of("-Dlakeport.test.dies.at=" + step, "-Dlakeport.test.dies.before=" + before),
                    world.config(isWide() ? "bulk.json" : "steps.json").toString(),
                    plugins,
                    table,
                    target.toString(),
                    format);
        }

        @Override
        public String toString() {
            return table + " as " + format + " to " + place;
        }
    }

    @ParameterizedTest
    @CsvSource({"file, orders, parquet", "s3, orders, parquet", "s3, wide_orders, parquet", "file, orders, delta"})
    @Tag("AA-18")
    void export_killedAtAStep_isFinishedByAnotherProcess(String place, String table, String format) throws Exception {
        Victim victim = new Victim(place, table, format);
        List<String> steps = steps(victim, "whole");
        int points = 2 * steps.size();
        assertThat(points).isGreaterThan(20);
        int kills = Math.min(points, KILLS);
        for (int i = 0; i < kills; i++) {
            // Spread evenly, and never two times the same.
            int point = (int) ((2L * i + 1) * points / (2L * kills));
            killed(victim, 1 + point / 2, point % 2 == 0, point == points - 1);
        }
        summarize(victim + ": killed at " + kills + " of " + points
                + " points, finished by another process each time; the steps:\n"
                + steps.stream().map(line -> "  " + line + "\n").collect(Collectors.joining()));
    }

    /** Parts are with the server by then, which shows them to nobody. */
    @Test
    void export_killedBeforeItsUploadIsComplete_leavesNoUpload() throws Exception {
        Victim victim = new Victim("s3", "wide_orders", "parquet");
        int step = 1
                + steps(victim, "upload-whole").stream()
                        .map(line -> line.contains(" write part-"))
                        .toList()
                        .indexOf(true);
        URI target = victim.target("upload");
        assertThat(victim.die(target, step, true).code()).isEqualTo(KILLED);
        assertThat(world.s3().objects(target)).anyMatch(name -> name.startsWith("upload of "));

        finish(victim, target, false, false);
    }

    private static List<String> steps(Victim victim, String name) throws Exception {
        ExportProcess.End whole = victim.die(victim.target(name), Integer.MAX_VALUE, false);
        assertThat(whole.code()).as(whole.output()).isZero();
        return whole.changes();
    }

    private static void killed(Victim victim, int step, boolean before, boolean last) throws Exception {
        URI target = victim.target(step + (before ? "-before" : "-after"));
        ExportProcess.End end = victim.die(target, step, before);
        assertThat(end.code())
                .as("step %s of %s: %s", step, target, end.output())
                .isEqualTo(KILLED);
        // The plan is the first change: with it there is something to resume.
        finish(victim, target, step % 2 == 0, last);
    }

    private static void finish(Victim victim, URI target, boolean resume, boolean recordsAreGone) throws IOException {
        TenantClient tenant = (victim.isWide() ? world.bulk() : world.lakeport()).tenant("acme");
        ExportRequest request = ExportProcess.request(victim.table(), target, victim.format());
        ExportManifest manifest;
        if (recordsAreGone) {
            // The dead process had done all but say so; nothing is left that could tell its run from another's.
            assertThatThrownBy(() -> tenant.export(request))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.TARGET_NOT_EMPTY)).isTrue());
            manifest = tenant.exports().list(target).get(0);
        } else {
            manifest = resume
                    ? tenant.resume(target, TIMEOUT, progress -> {})
                    : tenant.export(request, TIMEOUT, progress -> {}).orElseThrow();
        }
        new ExactlyOnce(world, tenant, target)
                .assertRows(victim.isWide() ? ExportWorld.WIDE_ROWS : ExportWorld.ROWS, manifest)
                .assertNothingElse(1);
        if (victim.format().equals("delta")) {
            assertThat(filesOfDeltaLog(target))
                    .containsExactlyInAnyOrderElementsOf(manifest.files().stream()
                            .map(file -> file.object().key().value())
                            .toList());
        }
    }

    /** Every file that a commit adds, as often as one does. */
    private static List<String> filesOfDeltaLog(URI target) throws IOException {
        try (Stream<Path> log = Files.list(Path.of(target).resolve("_delta_log"))) {
            return log.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> {
                        try {
                            return Files.readAllLines(file).stream();
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .filter(line -> line.startsWith("{\"add\""))
                    .map(line -> line.replaceFirst(".*\"path\":\"([^\"]*)\".*", "$1"))
                    .toList();
        }
    }

    @Test
    void export_withoutRoomForItsFiles_isFinishedWhenThereIs() throws Exception {
        // The system refuses each file beyond 4 or 8 MiB, in blocks of 512 or 1024 bytes: one file would have 9 MB.
        String limit = "ulimit -f 8192;";
        for (URI target : List.of(world.files().resolve("full/"), world.volume().resolve("full/"))) {
            ExportProcess.End end = ExportProcess.run(
                    limit,
                    List.of(),
                    world.config("full.json").toString(),
                    "",
                    "wide_orders",
                    target.toString(),
                    "parquet");
            assertThat(end.failed()).as(end.output()).isTrue();
            assertThat(end.output()).contains("RESOURCE_EXHAUSTED true").contains("free space");

            ExportManifest manifest = world.bulk()
                    .tenant("acme")
                    .export(ExportProcess.request("wide_orders", target, "parquet"), TIMEOUT, progress -> {})
                    .orElseThrow();

            new ExactlyOnce(world, world.bulk().tenant("acme"), target)
                    .assertRows(ExportWorld.WIDE_ROWS, manifest)
                    .assertNothingElse(1);
            summarize(target.getScheme() + " without room: refused, and finished when there was\n");
        }
    }

    private static void summarize(String text) throws IOException {
        Files.writeString(SUMMARY, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
