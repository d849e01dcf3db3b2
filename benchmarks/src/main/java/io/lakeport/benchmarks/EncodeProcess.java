package io.lakeport.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Encodes the table a number of times in a JVM of its own. Arguments: encoder, runs, folder of the Arrow files, rows,
 * codec.
 */
public final class EncodeProcess {
    private EncodeProcess() {}

    /** Runs it; prints {@code nanos cpuNanos fileBytes heapBytes rssBytes}, of the best run and of the peaks. */
    public static void main(String[] args) throws Exception {
        Encoder encoder = Encoder.valueOf(args[0]);
        int runs = Integer.parseInt(args[1]);
        ArrowFiles files = ArrowFiles.in(Path.of(args[2]), Long.parseLong(args[3]));
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long best = Long.MAX_VALUE;
        long cpu = Long.MAX_VALUE;
        long bytes = 0;
        for (int run = 0; run < runs; run++) {
            Path target = Files.createTempDirectory("lakeport-encode");
            try {
                long cpuStart = system.getProcessCpuTime();
                long start = System.nanoTime();
                bytes = encoder.encode(files, target, args[4]);
                best = Math.min(best, System.nanoTime() - start);
                cpu = Math.min(cpu, system.getProcessCpuTime() - cpuStart);
            } finally {
                delete(target);
            }
        }
        System.out.println(best + " " + cpu + " " + bytes + " " + peakHeap() + " " + ReaderProcess.peakRss());
        System.exit(0);
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
