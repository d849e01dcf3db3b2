package io.lakeport.benchmarks;

import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long a host waits from its first call of Lakeport to the first token, in a fresh JVM. */
final class StartBenchmark {
    private static final int RUNS = 7;

    private StartBenchmark() {}

    static void run(PrintStream out, SimulatorConnection server) throws IOException, InterruptedException {
        long[] millis = new long[RUNS];
        for (int run = 0; run < RUNS; run++) {
            millis[run] = measure(server);
        }
        Arrays.sort(millis);
        out.println("Start: from the builder to the first token, fresh JVM, " + RUNS + " runs");
        out.println("min " + millis[0] + " ms   median " + millis[RUNS / 2] + " ms   max " + millis[RUNS - 1] + " ms");
    }

    private static long measure(SimulatorConnection server) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartProcess.class.getName(),
                        server.httpUrl().toString(),
                        server.warehouseId(),
                        server.clientId()))
                .redirectErrorStream(true);
        builder.environment().put(StartProcess.SECRET, server.clientSecret().reveal());
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("the measured process failed: " + output);
            }
            return Long.parseLong(output.strip());
        } finally {
            process.destroyForcibly();
        }
    }
}
