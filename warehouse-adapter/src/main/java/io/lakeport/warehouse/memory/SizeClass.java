package io.lakeport.warehouse.memory;

/**
 * Rounds sizes up to a few classes, four for each power of two, so that a buffer fits the next chunk as well although
 * no two chunks have the same size. At most a quarter is wasted.
 */
public final class SizeClass {
    private static final int SMALLEST = 64 * 1024;
    private static final int STEPS_PER_DOUBLING = 4;

    private SizeClass() {}

    /**
     * Returns the smallest class that holds so many bytes.
     *
     * @throws IllegalArgumentException when no buffer can be that large (2 GiB)
     */
    public static int of(long bytes) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no buffer holds " + bytes + " bytes; the most is " + Integer.MAX_VALUE);
        }
        if (bytes <= SMALLEST) {
            return SMALLEST;
        }
        long power = Long.highestOneBit(bytes - 1);
        long step = power / STEPS_PER_DOUBLING;
        long rounded = (bytes + step - 1) / step * step;
        return (int) Math.min(rounded, Integer.MAX_VALUE);
    }
}
