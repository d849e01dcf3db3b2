package io.lakeport.storage.parquet.page;

import java.util.function.LongConsumer;

/** The distinct values of a column chunk in the order of their first appearance. */
public abstract class Dictionary {
    private final int maxEntries;
    /** How many entries there are. */
    int size;

    Dictionary(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /** Returns how many entries there are. */
    public final int size() {
        return size;
    }

    final boolean isFull() {
        return size == maxEntries;
    }

    /** Returns the size of the PLAIN encoding of the entries. */
    abstract long plainBytes();

    /** Writes the PLAIN encoding of the entries. */
    abstract void writePlain(ByteOut out);

    /** Gives the hash of every entry, as bloom filters want it. */
    abstract void hashes(LongConsumer target);

    /** Drops the latest entries. No value is looked up afterwards, until {@link #clear()}. */
    abstract void truncate(int entries);

    /** Drops all entries. */
    abstract void clear();
}
