package io.lakeport.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the machine was at work between two readings, over all processes and processors, by what the kernel
 * counts. Where several processes share the processors, a road whose stages keep all of them busy is at its ceiling.
 */
final class MachineTime {
    private static final Path COUNTERS = Path.of("/proc/stat");
    /** Positions in the kernel's line: user, nice, system, idle, iowait, irq, softirq. */
    private static final List<Integer> IDLE = List.of(3, 4);

    private static final int COUNTED = 7;

    private final long busy;
    private final long all;

    private MachineTime(long busy, long all) {
        this.busy = busy;
        this.all = all;
    }

    static MachineTime now() throws IOException {
        if (!Files.exists(COUNTERS)) {
            return new MachineTime(0, 0);
        }
        String[] fields = Files.readAllLines(COUNTERS).get(0).trim().split("\\s+");
        List<Long> ticks =
                Stream.of(fields).skip(1).limit(COUNTED).map(Long::parseLong).toList();
        long sum = ticks.stream().mapToLong(Long::longValue).sum();
        return new MachineTime(sum - IDLE.stream().mapToLong(ticks::get).sum(), sum);
    }

    /** Returns the part since then in percent, -1 where the kernel does not tell. */
    long percentSince(MachineTime start) {
        return all > start.all ? 100 * (busy - start.busy) / (all - start.all) : -1;
    }
}
