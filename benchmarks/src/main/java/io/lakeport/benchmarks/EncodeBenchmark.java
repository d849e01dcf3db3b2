package io.lakeport.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Makes Parquet of Arrow chunks: two lanes of Lakeport against DuckDB's COPY with two threads. */
final class EncodeBenchmark {
    private static final long ROWS = 6_000_000;
    private static final int RUNS = 4;
    private static final double MEGA = 1e6;
    private static final int TIMEOUT_MINUTES = 10;

    private final PrintStream out;
    private final Path folder;

    EncodeBenchmark(PrintStream out) {
        this.out = out;
        this.folder = Path.of(System.getProperty("java.io.tmpdir"), "lakeport-benchmark-" + ROWS);
    }

    void run() throws Exception {
        ArrowFiles files = ArrowFiles.in(folder, ROWS);
        out.printf(
                Locale.ROOT,
                "Encoding %d rows x %d columns, %.0f MB of Arrow in %d chunks; best of %d runs in one JVM%n",
                ROWS,
                BenchTable.COLUMNS.size(),
                files.bytes() / MEGA,
                files.files().size(),
                RUNS);
        out.printf(
                "%-34s %6s %9s %9s %9s %9s %9s %10s %10s%n",
                "encoder", "heap", "M rows/s", "x DuckDB", "CPU s", "x DuckDB", "files", "peak heap", "peak RSS");
        compare("snappy");
        compare("zstd");
        compare("uncompressed");
        comparePartitions();
    }

    private void compare(String codec) throws IOException, InterruptedException {
        Measure duck = measure(Encoder.DUCKDB, codec, "1g");
        print("DuckDB COPY, " + codec, "1g", duck, duck);
        print("Lakeport to files, " + codec, "1g", measure(Encoder.LAKEPORT_FILES, codec, "1g"), duck);
        print("Lakeport to nowhere, " + codec, "1g", measure(Encoder.LAKEPORT_ALONE, codec, "1g"), duck);
        print("Lakeport to files, " + codec, "64m", measure(Encoder.LAKEPORT_FILES, codec, "64m"), duck);
    }

    private void comparePartitions() throws IOException, InterruptedException {
        Measure duck = measure(Encoder.DUCKDB_PARTITIONS, "snappy", "1g");
        print("DuckDB COPY, 2,526 partitions", "1g", duck, duck);
        Measure ours = measure(Encoder.LAKEPORT_PARTITIONS, "snappy", "1g");
        print("Lakeport, 2,526 partitions", "1g", ours, duck);
    }

    private void print(String name, String heap, Measure measure, Measure duck) {
        out.printf(
                Locale.ROOT,
                "%-34s %6s %9.2f %9.2f %9.2f %9.2f %6.0f MB %7.0f MB %7.0f MB%n",
                name,
                heap,
                ROWS / (measure.nanos / 1e9) / MEGA,
                (double) duck.nanos / measure.nanos,
                measure.cpu / 1e9,
                (double) duck.cpu / measure.cpu,
                measure.files / MEGA,
                measure.heap / MEGA,
                measure.rss / MEGA);
    }

    private Measure measure(Encoder encoder, String codec, String heap) throws IOException, InterruptedException {
        long memory = heap.equals("64m") ? 12L << 20 : 64L << 20;
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx" + heap,
                        "-Dbenchmark.memory=" + memory,
                        // For Arrow's own library, which hands the batches to DuckDB.
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EncodeProcess.class.getName(),
                        encoder.name(),
                        String.valueOf(RUNS),
                        folder.toString(),
                        String.valueOf(ROWS),
                        codec)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(encoder + " with " + codec + " failed:\n" + output);
            }
            return Measure.parse(output.strip().lines().reduce("", (before, line) -> line));
        } finally {
            process.destroyForcibly();
        }
    }

    private record Measure(long nanos, long cpu, long files, long heap, long rss) {
        static Measure parse(String line) {
            List<Long> figures =
                    List.of(line.split(" ")).stream().map(Long::parseLong).toList();
            return new Measure(figures.get(0), figures.get(1), figures.get(2), figures.get(3), figures.get(4));
        }
    }
}
