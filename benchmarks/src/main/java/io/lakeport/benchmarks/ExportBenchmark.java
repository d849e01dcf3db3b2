package io.lakeport.benchmarks;

import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The whole road, workspace to S3 server, each in a process of its own, beside its stages alone; and a large export in a
 * small heap, whose resident memory is watched from outside.
 */
final class ExportBenchmark {
    private static final long ROWS = Long.getLong("benchmark.rows", 6_000_000);
    private static final long MANY_ROWS = Long.getLong("benchmark.rows", 60_000_000);
    private static final double MEGA = 1e6;
    private static final int TIMEOUT_MINUTES = 40;

    private final PrintStream out;
    private final SimulatorConnection server;

    ExportBenchmark(PrintStream out, SimulatorConnection server) {
        this.out = out;
        this.server = server;
    }

    /** Prints the stages and the whole. */
    void run() throws Exception {
        create(ROWS);
        Path folder = Files.createTempDirectory("lakeport-export");
        out.printf("Exporting %d rows x 16 columns, best of 3 runs in one JVM%n", ROWS);
        head();
        try (ObjectServer objects = new ObjectServer(folder.resolve("s3"))) {
            Path files = folder.resolve("disk");
            String disk = files.toUri() + "/";
            print("workspace to nowhere (download, decode)", "1g", measure(objects, "1g", 3, "download"));
            print("workspace to snappy Parquet on disk", "1g", measure(objects, "1g", 3, "export", disk, ""));
            print(
                    "files on disk to S3 server",
                    "1g",
                    measure(
                            objects,
                            "1g",
                            3,
                            "upload",
                            "s3://exports/up/",
                            files.resolve("0").toString(),
                            String.valueOf(ROWS)));
            print("workspace to S3 server", "1g", measure(objects, "1g", 3, "export", "s3://exports/a/", ""));
            print("workspace to S3 server", "64m", measure(objects, "64m", 2, "export", "s3://exports/b/", ""));
        } finally {
            delete(folder);
        }
    }

    /** Prints what an export with thousands of partitions takes, whose rows lie in no order of them. */
    void runPartitioned() throws Exception {
        create(ROWS);
        Path folder = Files.createTempDirectory("lakeport-export");
        out.printf("Exporting %d rows x 16 columns in 2,526 partitions%n", ROWS);
        head();
        try (ObjectServer objects = new ObjectServer(folder.resolve("s3"))) {
            String disk = folder.resolve("disk").toUri() + "/";
            print("workspace to disk", "256m", measure(objects, "256m", 1, "export", disk, "shipdate"));
            print(
                    "workspace to S3 server",
                    "256m",
                    measure(objects, "256m", 1, "export", "s3://exports/c/", "shipdate"));
        } finally {
            delete(folder);
        }
    }

    /** Exports many rows in a small heap and plots the resident memory. */
    void runLarge(Path plot) throws Exception {
        create(MANY_ROWS);
        Path folder = Files.createTempDirectory("lakeport-export");
        MemoryPlot memory = new MemoryPlot();
        try (ObjectServer objects = new ObjectServer(folder.resolve("s3"))) {
            Process process = start(objects, "64m", 1, "export", "s3://exports/large/", "");
            Measure measure = Measure.parse(memory.watch(process));
            out.printf("Exporting %d rows x 16 columns with -Xmx64m%n", MANY_ROWS);
            head();
            print("workspace to S3 server", "64m", measure);
            memory.print(out);
            memory.writeSvg(plot);
            out.println("plot: " + plot);
        } finally {
            delete(folder);
        }
    }

    private void create(long rows) {
        try (Warehouse warehouse = Workbench.sea(
                        server.httpUrl().toString(), server.token().reveal(), server.warehouseId());
                ResultStream stream = warehouse.execute(StatementRequest.of(BenchTable.createSql(rows))
                        .build(Deadline.after(Duration.ofMinutes(TIMEOUT_MINUTES))))) {
            for (Optional<ResultChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
                next.get().close();
            }
        }
    }

    private Measure measure(ObjectServer objects, String heap, int runs, String... what)
            throws IOException, InterruptedException {
        Process process = start(objects, heap, runs, what);
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", what) + " failed:\n" + output);
            }
            return Measure.parse(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(ObjectServer objects, String heap, int runs, String... what) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                ExportProcess.class.getName(),
                server.httpUrl().toString(),
                server.warehouseId(),
                String.valueOf(objects.port()),
                String.valueOf(runs)));
        command.addAll(List.of(what));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(ReaderProcess.TOKEN, server.token().reveal());
        return builder.start();
    }

    private void head() {
        out.printf(
                "%-44s %6s %10s %9s %8s %9s %9s%n",
                "road", "heap", "M rows/s", "files", "size", "peak RSS", "CPUs busy");
    }

    private void print(String name, String heap, Measure measure) {
        out.printf(
                Locale.ROOT,
                "%-44s %6s %10.2f %9d %5.0f MB %6.0f MB %8d%%%n",
                name,
                heap,
                measure.rows / (measure.nanos / 1e9) / MEGA,
                measure.files,
                measure.bytes / MEGA,
                measure.rss / MEGA,
                measure.busy);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private record Measure(long rows, long nanos, long bytes, long files, long rss, long busy) {
        static Measure parse(String output) {
            String line = output.strip().lines().reduce("", (before, next) -> next);
            List<Long> figures;
            try {
                figures = Stream.of(line.split(" ")).map(Long::parseLong).toList();
            } catch (NumberFormatException e) {
                throw new IllegalStateException("no figures in:\n" + output, e);
            }
            return new Measure(
                    figures.get(0), figures.get(1), figures.get(2), figures.get(3), figures.get(4), figures.get(5));
        }
    }
}
