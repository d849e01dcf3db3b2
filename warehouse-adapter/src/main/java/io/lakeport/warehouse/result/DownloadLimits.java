package io.lakeport.warehouse.result;

import java.time.Duration;

/**
 * Bounds of reading one result.
 *
 * @param parallel downloads at a time
 * @param window most bytes in flight of one result, within the budget
 * @param stall how long a download may go without a byte
 * @param chunk how long a chunk may take with all its repetitions
 * @param memoryWait how long a reader waits for memory that others hold
 */
public record DownloadLimits(int parallel, long window, Duration stall, Duration chunk, Duration memoryWait) {
    private static final long WIDEST = 192L << 20;

    public DownloadLimits {
        if (parallel < 1 || window < 1) {
            throw new IllegalArgumentException("a result needs at least one download and one byte");
        }
    }

    /**
     * Returns the usual bounds. The JVM lets direct memory grow to the size of the heap when nobody says otherwise, so
     * a small heap means a small window.
     */
    public static DownloadLimits usual(long budget, long maxHeap) {
        long window = Math.min(Math.min(budget, WIDEST), Math.max(1, maxHeap / 4 * 3));
        return new DownloadLimits(4, window, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(2));
    }
}
