package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;

/** Takes the values of a column apart into its leaves, with their levels. Not thread-safe. */
public interface Shredder {
    /** Shreds the values at those places; the places are not changed. */
    void shred(Slots places, ArrowColumn column);
}
