package io.lakeport.app.config;

/**
 * Ceilings of data in flight.
 *
 * @param process bytes of all statements together; positive
 * @param statement bytes of one warehouse's statements; positive, at most {@code process}
 */
public record MemorySettings(long process, long statement) {
    private static final long DEFAULT_PROCESS = 256L << 20;
    private static final long DEFAULT_STATEMENT = 64L << 20;

    public MemorySettings {
        if (process <= 0 || statement <= 0 || statement > process) {
            throw new IllegalArgumentException("memory of " + statement + " bytes per statement and " + process
                    + " per process: both must be positive and the first not above the second");
        }
    }

    /** Returns 256 MiB for the process and 64 MiB for each warehouse. */
    public static MemorySettings defaults() {
        return new MemorySettings(DEFAULT_PROCESS, DEFAULT_STATEMENT);
    }
}
