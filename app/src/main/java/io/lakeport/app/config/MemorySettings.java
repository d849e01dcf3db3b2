package io.lakeport.app.config;

/**
 * Ceilings of data in flight.
 *
 * @param process bytes of all statements together; positive
 * @param statement bytes of one warehouse's statements; positive, at most {@code process}
 */
public record MemorySettings(long process, long statement) {
    private static final long DEFAULT_PROCESS = 384L << 20;
    private static final long DEFAULT_STATEMENT = 192L << 20;

    public MemorySettings {
        if (process <= 0 || statement <= 0 || statement > process) {
            throw new IllegalArgumentException("memory of " + statement + " bytes per statement and " + process
                    + " per process: both must be positive and the first not above the second");
        }
    }

    /**
     * Returns 384 MiB for the process and 192 MiB for each warehouse, or less in a small JVM: direct memory is limited
     * to the heap's ceiling unless the JVM was told otherwise, and a quarter of it is left to others.
     */
    public static MemorySettings defaults() {
        long process = Math.min(DEFAULT_PROCESS, Runtime.getRuntime().maxMemory() / 4 * 3);
        return new MemorySettings(process, Math.min(DEFAULT_STATEMENT, process));
    }
}
