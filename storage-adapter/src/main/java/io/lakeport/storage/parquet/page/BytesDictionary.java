package io.lakeport.storage.parquet.page;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Dictionary of texts and other bytes. */
public final class BytesDictionary extends Dictionary {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int SMALLEST = 64;
    /** Entries together hold no more bytes than so many for each that there may be. */
    private static final int MEAN_LENGTH = 16;

    private final int maxBytes;
    private final boolean withLength;
    private byte[] bytes = new byte[SMALLEST * MEAN_LENGTH];
    private int[] starts = new int[SMALLEST + 1];
    private int[] hashes = new int[SMALLEST];
    /** The page in which an entry was seen last. */
    private int[] seen = new int[SMALLEST];
    /** Index plus one of the entry that hashes there; 0 where there is none. At most half of it is used. */
    private int[] table = new int[2 * SMALLEST];

    private int page;

    /**
     * Creates an empty one.
     *
     * @param withLength whether the dictionary page gives each entry's length
     */
    public BytesDictionary(int maxEntries, boolean withLength) {
        super(maxEntries);
        this.maxBytes = (int) Math.min(Integer.MAX_VALUE - 8L, (long) maxEntries * MEAN_LENGTH);
        this.withLength = withLength;
    }

    /** Begins a page, for {@link #firstInPage}. */
    void nextPage() {
        page++;
    }

    /** Returns whether an entry is asked about for the first time in this page. */
    boolean firstInPage(int entry) {
        boolean first = seen[entry] != page;
        seen[entry] = page;
        return first;
    }

    /** Returns the index of a value, which is added when it is new; -1 when the dictionary is full. */
    public int indexOf(byte[] source, int from, int length) {
        int hash = hash(source, from, length);
        int mask = table.length - 1;
        int slot = hash & mask;
        for (int found = table[slot]; found != 0; found = table[slot]) {
            int entry = found - 1;
            if (hashes[entry] == hash
                    && Arrays.equals(bytes, starts[entry], starts[found], source, from, from + length)) {
                return entry;
            }
            slot = slot + 1 & mask;
        }
        return add(source, from, length, hash, slot);
    }

    private static int hash(byte[] source, int from, int length) {
        long hash = length * GOLDEN;
        int at = from;
        for (int end = from + length - Long.BYTES; at <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) ByteOut.LONG.get(source, at));
        }
        long rest = 0;
        for (int end = from + length; at < end; at++) {
            rest = rest << Byte.SIZE | source[at] & 0xFF;
        }
        return (int) (mix(hash ^ rest) >>> Integer.SIZE);
    }

    private static long mix(long hash) {
        long product = hash * GOLDEN;
        return product ^ product >>> Integer.SIZE;
    }

    private int add(byte[] source, int from, int length, int hash, int slot) {
        int start = starts[size];
        if (isFull() || length > maxBytes - start) {
            return -1;
        }
        if (size == hashes.length) {
            grow();
            return indexOf(source, from, length);
        }
        if (start + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(start + length, Math.min(maxBytes, bytes.length * 2L)));
        }
        System.arraycopy(source, from, bytes, start, length);
        hashes[size] = hash;
        seen[size] = page - 1;
        table[slot] = ++size;
        starts[size] = start + length;
        return size - 1;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, size * 2);
        seen = Arrays.copyOf(seen, size * 2);
        starts = Arrays.copyOf(starts, size * 2 + 1);
        table = new int[size * 4];
        int mask = table.length - 1;
        for (int i = 0; i < size; i++) {
            int slot = hashes[i] & mask;
            while (table[slot] != 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = i + 1;
        }
    }

    @Override
    long plainBytes() {
        return starts[size] + (withLength ? (long) size * Integer.BYTES : 0);
    }

    @Override
    void writePlain(ByteOut out) {
        for (int i = 0; i < size; i++) {
            int length = starts[i + 1] - starts[i];
            if (withLength) {
                out.putInt(length);
            }
            out.put(bytes, starts[i], length);
        }
    }

    @Override
    void hashes(LongConsumer target) {
        for (int i = 0; i < size; i++) {
            target.accept(BloomHash.of(bytes, starts[i], starts[i + 1] - starts[i]));
        }
    }

    @Override
    void truncate(int entries) {
        size = entries;
    }

    @Override
    void clear() {
        size = 0;
        Arrays.fill(table, 0);
    }
}
