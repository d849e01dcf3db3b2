package io.lakeport.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the table a number of times in a JVM of its own and prints the best time and the peak resident memory.
 * Arguments: reader, runs, base URL, warehouse id.
 */
public final class ReaderProcess {
    static final String TOKEN = "LAKEPORT_BENCHMARK_TOKEN";
    static final String JDBC_URL = "LAKEPORT_BENCHMARK_JDBC_URL";

    private ReaderProcess() {}

    /** Runs it; prints {@code rows nanos rssBytes}. */
    public static void main(String[] args) throws Exception {
        Reader reader = Reader.valueOf(args[0]);
        int runs = Integer.parseInt(args[1]);
        String[] connection = {args[2], System.getenv(TOKEN), args[3], System.getenv(JDBC_URL)};
        long best = Long.MAX_VALUE;
        long rows = 0;
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            rows = reader.read(connection);
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println(rows + " " + best + " " + peakRss());
        System.exit(0); // The driver leaves threads behind.
    }

    /** Returns the peak resident set from the kernel, -1 where it does not tell. */
    static long peakRss() throws java.io.IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                .findFirst()
                .orElse(-1);
    }
}
