package io.lakeport.storage.parquet.partition;

import io.lakeport.storage.parquet.page.ByteOut;
import io.lakeport.storage.parquet.page.FragmentWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fragments of rows, by partition, in blocks that partitions take from one pool and give back. Not thread-safe.
 */
final class RowStore {
    private static final int SEGMENT = 128 << 10;
    private static final int NONE = -1;

    private final int blockBytes;
    private final int blocksOfSegment;
    private final List<byte[]> segments = new ArrayList<>();
    /** The block after each block, of the same partition or of the free ones. */
    private int[] next = new int[0];

    private int firstFree = NONE;
    private int free;

    private int[] first = new int[0];
    private int[] last = new int[0];
    private long[] bytes = new long[0];
    /** How many of a partition's bytes were taken out again, from the first on. */
    private long[] taken = new long[0];

    private long bytesOfAll;

    /**
     * Creates an empty one.
     *
     * @param blockBytes bytes of a block; a power of two up to 64 KiB
     */
    RowStore(int blockBytes) {
        this.blockBytes = blockBytes;
        this.blocksOfSegment = SEGMENT / blockBytes;
    }

    /** Takes another segment from the heap. */
    void grow() {
        int block = segments.size() * blocksOfSegment;
        segments.add(new byte[SEGMENT]);
        next = Arrays.copyOf(next, block + blocksOfSegment);
        for (int i = block; i < block + blocksOfSegment; i++) {
            release(i);
        }
    }

    /** Gives every segment back to the heap; nothing is kept by then. */
    void shrink() {
        segments.clear();
        next = new int[0];
        firstFree = NONE;
        free = 0;
    }

    /** Returns the bytes taken from the heap. */
    long capacity() {
        return (long) segments.size() * SEGMENT;
    }

    /** Returns how many more bytes {@link #grow} takes. */
    static int step() {
        return SEGMENT;
    }

    /** Returns whether so many bytes of a partition fit. */
    boolean fits(int partition, int length) {
        room(partition);
        long inLast = (-bytes[partition]) & (blockBytes - 1L);
        long blocks = (Math.max(0, length - inLast) + blockBytes - 1) / blockBytes;
        return blocks <= free;
    }

    /** Adds a fragment that {@link #fits}. */
    void append(int partition, ByteOut fragment) {
        int from = 0;
        while (from < fragment.size()) {
            int at = (int) (bytes[partition] & (blockBytes - 1));
            if (at == 0) {
                takeBlock(partition);
            }
            int part = Math.min(fragment.size() - from, blockBytes - at);
            System.arraycopy(fragment.array(), from, segment(last[partition]), offset(last[partition]) + at, part);
            from += part;
            bytes[partition] += part;
        }
        bytesOfAll += fragment.size();
    }

    private void takeBlock(int partition) {
        int block = firstFree;
        firstFree = next[block];
        free--;
        next[block] = NONE;
        if (bytes[partition] == 0) {
            first[partition] = block;
        } else {
            next[last[partition]] = block;
        }
        last[partition] = block;
    }

    private void release(int block) {
        next[block] = firstFree;
        firstFree = block;
        free++;
    }

    /**
     * Moves the first fragments of a partition to {@code target}, as many as make {@code enough} bytes there, and frees
     * their blocks.
     */
    void drain(int partition, ByteOut target, int enough) {
        room(partition);
        while (taken[partition] < bytes[partition] && target.size() < enough) {
            int start = target.size();
            move(partition, target, Integer.BYTES);
            int length = FragmentWriter.length(target.array(), start);
            move(partition, target, length - Integer.BYTES);
            bytesOfAll -= length;
        }
        if (taken[partition] == bytes[partition]) {
            taken[partition] = 0;
            bytes[partition] = 0;
        }
    }

    private void move(int partition, ByteOut target, int length) {
        int left = length;
        while (left > 0) {
            int block = first[partition];
            int at = (int) (taken[partition] & (blockBytes - 1));
            int part = Math.min(left, blockBytes - at);
            target.put(segment(block), offset(block) + at, part);
            left -= part;
            taken[partition] += part;
            if (at + part == blockBytes || taken[partition] == bytes[partition]) {
                first[partition] = next[block];
                release(block);
            }
        }
    }

    private byte[] segment(int block) {
        return segments.get(block / blocksOfSegment);
    }

    private int offset(int block) {
        return block % blocksOfSegment * blockBytes;
    }

    private void room(int partition) {
        if (partition >= bytes.length) {
            int length = Math.max(partition + 1, bytes.length * 2);
            first = Arrays.copyOf(first, length);
            last = Arrays.copyOf(last, length);
            bytes = Arrays.copyOf(bytes, length);
            taken = Arrays.copyOf(taken, length);
        }
    }

    /** Returns the bytes of a partition. */
    long bytes(int partition) {
        return partition < bytes.length ? bytes[partition] - taken[partition] : 0;
    }

    /** Returns a number above that of every partition that was ever here. */
    int partitions() {
        return bytes.length;
    }

    /** Returns the bytes of all partitions. */
    long bytes() {
        return bytesOfAll;
    }

    /** Returns the partition with most bytes; some partition has any. */
    int largest() {
        int largest = 0;
        for (int i = 1; i < bytes.length; i++) {
            largest = bytes(i) > bytes(largest) ? i : largest;
        }
        return largest;
    }
}
