package io.lakeport.storage.parquet.page;

import java.util.Arrays;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;

/** The hashes of a column chunk's values, kept until their number tells how large the filter must be. */
final class BloomHashes {
    /** One value in so many that are not there passes the filter. */
    private static final double FALSE_POSITIVES = 0.01;

    private static final int LARGEST_FILTER = 1 << 20;
    private static final int SMALLEST = 256;

    private long[] hashes = new long[SMALLEST];
    private int count;

    void add(long hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash;
    }

    long bytes() {
        return (long) count * Long.BYTES;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Returns the filter. */
    BlockSplitBloomFilter filter() {
        int bits = BlockSplitBloomFilter.optimalNumOfBits(count, FALSE_POSITIVES);
        BlockSplitBloomFilter filter = new BlockSplitBloomFilter(bits / Byte.SIZE, LARGEST_FILTER);
        for (int i = 0; i < count; i++) {
            filter.insertHash(hashes[i]);
        }
        return filter;
    }

    void clear() {
        count = 0;
    }
}
