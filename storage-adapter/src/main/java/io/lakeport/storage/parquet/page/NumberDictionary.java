package io.lakeport.storage.parquet.page;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Dictionary of integers, and of floats by their bits. */
public final class NumberDictionary extends Dictionary {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int SMALLEST = 256;

    private final int width;
    private long[] entries = new long[SMALLEST];
    /** Index plus one of the entry that hashes there; 0 where there is none. At most half of it is used. */
    private int[] table = new int[2 * SMALLEST];

    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(2 * SMALLEST);

    /**
     * Creates an empty one.
     *
     * @param width bytes of an entry in the dictionary page
     */
    public NumberDictionary(int maxEntries, int width) {
        super(maxEntries);
        this.width = width;
    }

    /** Returns the index of a value, which is added when it is new; -1 when the dictionary is full. */
    public int indexOf(long value) {
        int mask = table.length - 1;
        int slot = (int) (value * GOLDEN >>> shift);
        for (int found = table[slot]; found != 0; found = table[slot]) {
            if (entries[found - 1] == value) {
                return found - 1;
            }
            slot = slot + 1 & mask;
        }
        return add(value, slot);
    }

    private int add(long value, int slot) {
        if (isFull()) {
            return -1;
        }
        if (size == entries.length) {
            grow();
            return indexOf(value);
        }
        entries[size] = value;
        table[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        entries = Arrays.copyOf(entries, size * 2);
        table = new int[entries.length * 2];
        shift--;
        int mask = table.length - 1;
        for (int i = 0; i < size; i++) {
            int slot = (int) (entries[i] * GOLDEN >>> shift);
            while (table[slot] != 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = i + 1;
        }
    }

    @Override
    long plainBytes() {
        return (long) size * width;
    }

    @Override
    void writePlain(ByteOut out) {
        byte[] bytes = out.room(size * width + Long.BYTES);
        int at = out.size();
        for (int i = 0; i < size; i++) {
            ByteOut.LONG.set(bytes, at, entries[i]);
            at += width;
        }
        out.advance(size * width);
    }

    @Override
    void hashes(LongConsumer target) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < size; i++) {
            ByteOut.LONG.set(bytes, 0, entries[i]);
            target.accept(BloomHash.of(bytes, 0, width));
        }
    }

    @Override
    void truncate(int count) {
        size = count;
    }

    @Override
    void clear() {
        size = 0;
        Arrays.fill(table, 0);
    }
}
