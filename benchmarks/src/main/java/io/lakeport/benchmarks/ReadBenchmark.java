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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads one table from a local workspace in another process, by Lakeport and by the official driver, each in a JVM of
 * its own, and prints ratios.
 */
final class ReadBenchmark {
    private static final double MEGA = 1e6;
    private static final int TIMEOUT_MINUTES = 10;

    private final PrintStream out;
    private final String driverUrl;
    private final SimulatorConnection server;

    ReadBenchmark(PrintStream out, SimulatorConnection server) {
        this.out = out;
        this.server = server;
        this.driverUrl =
                "jdbc:databricks://" + server.host() + ":" + server.port() + "/default;ssl=0;AuthMech=3;UID=token;PWD="
                        + server.token().reveal() + ";httpPath=" + server.httpPath()
                        + ";UseThriftClient=0;EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0";
    }

    void run() throws Exception {
        out.println("Reading rows x 16 columns from a local workspace in its own process; best of n runs in one JVM");
        out.printf("%-30s %6s %9s %10s %9s %9s%n", "reader", "heap", "rows", "M rows/s", "peak RSS", "x driver");
        compare(1_000_000, 5, "1g");
        compare(6_000_000, 2, "1g");
        compare(6_000_000, 1, "128m");
    }

    private void compare(long rows, int runs, String heap) throws Exception {
        create(rows);
        Measure driver = measure(Reader.DRIVER, runs, heap);
        print("official driver, ResultSet", heap, driver, driver);
        print("Lakeport sea, chunks", heap, measure(Reader.CHUNKS, runs, heap), driver);
        print("Lakeport sea, row cursor", heap, measure(Reader.CURSOR, runs, heap), driver);
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

    private void print(String name, String heap, Measure measure, Measure driver) {
        if (measure.rows < 0) {
            out.printf(Locale.ROOT, "%-30s %6s %9s %s%n", name, heap, "-", measure.failure);
            return;
        }
        String ratio = driver.rows < 0 ? "-" : String.format(Locale.ROOT, "%.1f", measure.rate() / driver.rate());
        out.printf(
                Locale.ROOT,
                "%-30s %6s %9d %10.2f %6.0f MB %9s%n",
                name,
                heap,
                measure.rows,
                measure.rate() / MEGA,
                measure.rss / MEGA,
                ratio);
    }

    private Measure measure(Reader reader, int runs, String heap) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                ReaderProcess.class.getName(),
                reader.name(),
                String.valueOf(runs),
                server.httpUrl().toString(),
                server.warehouseId()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // By the environment: the arguments of a process are there for every user of the machine to read.
        builder.environment().put(ReaderProcess.TOKEN, server.token().reveal());
        builder.environment().put(ReaderProcess.JDBC_URL, driverUrl);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                return Measure.failed(output);
            }
            String[] figures = output.strip()
                    .substring(output.strip().lastIndexOf('\n') + 1)
                    .split(" ");
            return new Measure(Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]), "");
        } finally {
            process.destroyForcibly();
        }
    }

    private record Measure(long rows, long nanos, long rss, String failure) {
        static Measure failed(String output) {
            String line = output.contains("OutOfMemoryError")
                    ? "OutOfMemoryError"
                    : output.lines()
                            .filter(text -> text.contains("Exception"))
                            .findFirst()
                            .orElse("failed");
            return new Measure(-1, 1, 0, line.length() > 90 ? line.substring(0, 90) : line);
        }

        double rate() {
            return rows / (nanos / 1e9);
        }
    }
}
