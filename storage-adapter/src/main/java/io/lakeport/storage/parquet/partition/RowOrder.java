package io.lakeport.storage.parquet.partition;

import java.util.Arrays;

/** Rows put in the order of their partitions, each partition's in their own order. Not thread-safe. */
final class RowOrder {
    private int[] rows = new int[0];
    private int[] ends = new int[0];
    private int[] counts = new int[0];

    /**
     * Orders rows.
     *
     * @param partitions partition of each row
     * @param first number of the first row
     * @param count how many rows
     * @param size how many partitions there are
     */
    void order(int[] partitions, int first, int count, int size) {
        rows = rows.length < count ? new int[count] : rows;
        ends = ends.length < size ? new int[size * 2] : ends;
        counts = counts.length < size ? new int[size * 2] : counts;
        Arrays.fill(counts, 0, size, 0);
        for (int i = 0; i < count; i++) {
            counts[partitions[i]]++;
        }
        int start = 0;
        for (int partition = 0; partition < size; partition++) {
            ends[partition] = start;
            start += counts[partition];
        }
        for (int i = 0; i < count; i++) {
            rows[ends[partitions[i]]++] = first + i;
        }
    }

    int[] rows() {
        return rows;
    }

    /** Returns where a partition's rows begin. */
    int from(int partition) {
        return ends[partition] - counts[partition];
    }

    /** Returns where a partition's rows end. */
    int to(int partition) {
        return ends[partition];
    }
}
