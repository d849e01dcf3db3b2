package io.lakeport.benchmarks;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** How fast the local workspace is itself: its start, its latency, its chunks, and many statements at once. */
final class WorkspaceBenchmark {
    private static final int STARTS = 5;
    private static final int WARM_UP = 300;
    private static final int SELECTS = 500;
    private static final long ROWS = 6_000_000;
    private static final int CHUNK_RUNS = 3;
    private static final int AT_ONCE = 200;
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;

    private final PrintStream out;
    private final SimulatorConnection server;
    private final StatementApi api;

    WorkspaceBenchmark(PrintStream out, SimulatorConnection server) {
        this.out = out;
        this.server = server;
        this.api = new StatementApi(server);
    }

    void run(WorkspaceSimulatorProvider local) throws Exception {
        starts(local);
        latency();
        chunks();
        atOnce();
    }

    private void starts(WorkspaceSimulatorProvider local) {
        double[] millis = measure(STARTS, run -> {
            WorkspaceSimulator another = local.start(SimulatorSettings.inMemory());
            another.close();
        });
        // The end of the process is in it, a few tens of milliseconds.
        print("start of a workspace process until it answers, and its end", millis, "ms");
    }

    private void latency() throws SQLException {
        for (String transport : List.of("UseThriftClient=0", "UseThriftClient=1")) {
            try (Connection connection = DriverManager.getConnection(url() + transport);
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < WARM_UP; i++) {
                    select(statement, i);
                }
                print(
                        "SELECT 1 by the official driver, " + transport,
                        measure(SELECTS, i -> select(statement, i)),
                        "ms");
            }
        }
    }

    private static void select(Statement statement, int value) {
        try (ResultSet rows = statement.executeQuery("SELECT " + value)) {
            if (!rows.next() || rows.getInt(1) != value) {
                throw new IllegalStateException("SELECT " + value + " answered something else");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("SELECT " + value + " failed", e);
        }
    }

    private String url() {
        return "jdbc:databricks://" + server.host() + ":" + server.port() + "/default;ssl=0;AuthMech=3;UID=token;PWD="
                + server.token().reveal() + ";httpPath=" + server.httpPath()
                + ";EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0;";
    }

    private void chunks() throws IOException, InterruptedException {
        api.run(BenchTable.createSql(ROWS), "INLINE", "JSON_ARRAY");
        double best = Double.MAX_VALUE;
        double leastCpu = Double.MAX_VALUE;
        for (int i = 0; i < CHUNK_RUNS; i++) {
            long start = System.nanoTime();
            long cpu = serverCpuNanos();
            api.run(BenchTable.readSql(), "EXTERNAL_LINKS", "ARROW_STREAM");
            best = Math.min(best, (System.nanoTime() - start) / SECOND);
            leastCpu = Math.min(leastCpu, (serverCpuNanos() - cpu) / SECOND);
        }
        // Rows per second of CPU tell the same on a busy machine; two idle cores would give twice as many.
        out.printf(
                Locale.ROOT,
                "%-62s %.2f M rows/s, %.2f M rows per CPU second (%d rows x 16 columns, best of %d)%n",
                "LZ4 Arrow chunks written by a statement",
                ROWS / best / MILLI,
                ROWS / leastCpu / MILLI,
                ROWS,
                CHUNK_RUNS);
    }

    /** The workspace is the only process that this one has started. */
    private static long serverCpuNanos() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    private void atOnce() throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String sql = "SELECT count(*), sum(orderkey + " + i + ") FROM " + BenchTable.NAME
                        + " WHERE orderkey < 100000";
                calls.add(() -> api.run(sql, "INLINE", "JSON_ARRAY"));
            }
            long start = System.nanoTime();
            int failed = 0;
            for (Future<String> answer : clients.invokeAll(calls)) {
                failed += succeeded(answer) ? 0 : 1;
            }
            out.printf(
                    Locale.ROOT,
                    "%-62s %.1f s, %d failed%n",
                    AT_ONCE + " statements at once on one warehouse",
                    (System.nanoTime() - start) / SECOND,
                    failed);
        } finally {
            clients.shutdownNow();
        }
    }

    private static boolean succeeded(Future<String> answer) throws InterruptedException {
        try {
            return answer.get().contains("100000");
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static double[] measure(int times, IntConsumer work) {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            work.accept(i);
            millis[i] = (System.nanoTime() - start) / MILLI;
        }
        Arrays.sort(millis);
        return millis;
    }

    private void print(String what, double[] sorted, String unit) {
        out.printf(
                Locale.ROOT,
                "%-62s p50 %.1f %s   p95 %.1f %s   (%d runs)%n",
                what,
                sorted[sorted.length / 2],
                unit,
                sorted[sorted.length * 95 / 100],
                unit,
                sorted.length);
    }
}
