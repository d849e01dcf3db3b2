package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;

/** Takes the values of a leaf. */
public interface LeafSink {
    /** Takes whole rows; a place with a position has a value that is not NULL. */
    void accept(Slots places, ArrowColumn column);
}
