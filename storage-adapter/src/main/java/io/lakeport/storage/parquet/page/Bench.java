package io.lakeport.storage.parquet.page;

import java.util.Arrays;

/**
 * What the columns of a writer share while they make pages one after another. Not thread-safe.
 */
public final class Bench implements AutoCloseable {
    final PageLimits limits;
    final PageCodec codec;
    final PageArena arena;
    final ByteOut page = new ByteOut();
    private int[] numbers = new int[0];

    /** Creates one; the codec is closed with it. */
    public Bench(PageLimits limits, PageCodec codec, PageArena arena) {
        this.limits = limits;
        this.codec = codec;
        this.arena = arena;
    }

    /** Returns an array for at least {@code count} numbers, whose content nobody keeps. */
    int[] numbers(int count) {
        if (numbers.length < count) {
            numbers = Arrays.copyOf(numbers, Math.max(count, limits.slots()));
        }
        return numbers;
    }

    @Override
    public void close() {
        codec.close();
    }
}
