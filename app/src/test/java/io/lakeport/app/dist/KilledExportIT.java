package io.lakeport.app.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.testkit.files.DuckReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped command line, killed in the middle of an export again and again. */
class KilledExportIT {
    private static final int ROWS = 400_000;
    private static final int CHUNK_ROWS = 4_000;
    private static final int KILLS = 3;
    private static final Pattern ATTEMPT = Pattern.compile("part-[0-9a-f]{32}-(\\d\\d)-\\d{5}.*");

    @TempDir
    static Path folder;

    private static Process workspace;

    @BeforeAll
    static void startWorkspace() throws Exception {
        List<String> command = new ArrayList<>(lakeport());
        command.addAll(List.of("workspace", "start", "--json", "--chunk-rows", String.valueOf(CHUNK_ROWS)));
        workspace = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String connection = new BufferedReader(
                        new InputStreamReader(workspace.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        assertThat(connection).as("the line of 'workspace start --json'").isNotNull();
        Files.writeString(folder.resolve("lakeport.json"), """
                {"tenants": {"acme": {"host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                   "auth": {"method": "pat", "secrets": {"token": "%s"}},
                   "scope": {"object_prefixes": ["%s"], "access": "write_back"}}},
                 "exports": {"segment_bytes": "100000"}}
                """.formatted(
                        member(connection, "httpUrl"),
                        member(connection, "warehouseId"),
                        member(connection, "catalog"),
                        member(connection, "schema"),
                        member(connection, "token"),
                        folder.toUri()));
        Distribution.Run created = run("query", "CREATE TABLE big AS SELECT id, md5(CAST(id AS STRING)) AS text FROM range("
                + ROWS + ")");
        assertThat(created.exitCode()).as(created.err()).isZero();
    }

    @AfterAll
    static void stopWorkspace() throws Exception {
        List<ProcessHandle> children = workspace.descendants().toList();
        workspace.destroy();
        assertThat(workspace.waitFor(30, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private static String member(String connection, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(connection);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }

    private static List<String> lakeport() throws IOException {
        return Distribution.onClassPath(Distribution.javas().get(0));
    }

    private static Distribution.Run run(String command, String... more) throws Exception {
        List<String> args = new ArrayList<>(
                List.of(command, "-c", folder.resolve("lakeport.json").toString()));
        args.addAll(List.of(more));
        return Distribution.run(lakeport(), args.toArray(String[]::new));
    }

    @Test
    @Tag("AA-18")
    void export_killedWhileItWrites_goesOnAndEveryRowIsThereOnce() throws Exception {
        Path target = folder.resolve("out");
        Random random = new Random(7);
        for (int kill = 1; kill <= KILLS; kill++) {
            killAfterSegments(target, kill * 2, random);
        }

        Distribution.Run last = run("export", "big", "--to", target.toString());

        assertThat(last.exitCode()).as(last.err()).isZero();
        List<Path> files = partFiles(target);
        try (DuckReader reader = new DuckReader()) {
            assertThat(reader.rows("SELECT count(*), count(DISTINCT id), min(id), max(id) FROM "
                            + DuckReader.parquet(files)))
                    .containsExactly(
                            List.of(String.valueOf(ROWS), String.valueOf(ROWS), "0", String.valueOf(ROWS - 1)));
        }
        assertThat(attempts(files)).as("processes whose files are in the manifest").hasSizeGreaterThan(1);
        assertThat(target.resolve("_SUCCESS")).exists();
        assertThat(target.resolve("_lakeport/runs")).satisfiesAnyOf(
                runs -> assertThat(runs).doesNotExist(), runs -> assertThat(runs).isEmptyDirectory());
    }

    /** Starts the export and kills it once so many segments are recorded. */
    private static void killAfterSegments(Path target, int segments, Random random) throws Exception {
        List<String> command = new ArrayList<>(lakeport());
        command.addAll(List.of(
                "export", "-c", folder.resolve("lakeport.json").toString(), "big", "--to", target.toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (process.isAlive() && records(target) < segments && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        Thread.sleep(random.nextInt(20));
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static long records(Path target) throws IOException {
        return names(target).filter(name -> name.startsWith("segment-")).count();
    }

    private static List<Path> partFiles(Path target) throws IOException {
        try (Stream<Path> all = Files.walk(target)) {
            return all.filter(file -> ATTEMPT.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> attempts(List<Path> files) {
        Set<String> attempts = new TreeSet<>();
        for (Path file : files) {
            Matcher matcher = ATTEMPT.matcher(file.getFileName().toString());
            if (matcher.matches()) {
                attempts.add(matcher.group(1));
            }
        }
        return attempts;
    }

    private static Stream<String> names(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.walk(target)) {
            return all.map(path -> path.getFileName().toString()).toList().stream();
        } catch (java.io.UncheckedIOException e) {
            // The process removes what we look at.
            return Stream.empty();
        }
    }
}
