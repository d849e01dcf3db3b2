package io.lakeport.app.config;

/**
 * Ceilings of data in flight, and of results that are kept.
 *
 * @param process bytes of all statements together; positive
 * @param statement bytes of one warehouse's statements; positive, at most {@code process}
 * @param cache bytes of results that are kept for those who ask again; beside {@code process}, not negative, 0 for none
 */
public record MemorySettings(long process, long statement, long cache) {
    private static final long DEFAULT_PROCESS = 384L << 20;
    private static final long DEFAULT_STATEMENT = 192L << 20;
    private static final long DEFAULT_CACHE = 32L << 20;

    public MemorySettings {
        if (process <= 0 || statement <= 0 || statement > process) {
            throw new IllegalArgumentException("memory of " + statement + " bytes per statement and " + process
                    + " per process: both must be positive and the first not above the second");
        }
        if (cache < 0) {
            throw new IllegalArgumentException("memory of " + cache + " bytes for kept results is negative");
        }
    }

    /**
     * Returns 384 MiB for the process and 192 MiB for each warehouse, or less in a small JVM: direct memory is limited
     * to the heap's ceiling unless the JVM was told otherwise, and a quarter of it is left to others. Kept results are on the heap: 32 MiB, or less
     * in a small JVM.
     */
    public static MemorySettings defaults() {
        long process = Math.min(DEFAULT_PROCESS, Runtime.getRuntime().maxMemory() / 4 * 3);
        long cache = Math.min(DEFAULT_CACHE, Runtime.getRuntime().maxMemory() / 16);
        return new MemorySettings(process, Math.min(DEFAULT_STATEMENT, process), cache);
    }
}
