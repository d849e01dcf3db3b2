package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.storage.partition.GrowingBytes;

/** Writes values of one Arrow type as text. */
@FunctionalInterface
public interface CellText {
    /** Adds a value that is not NULL. */
    void write(GrowingBytes out, ArrowColumn column, int row);
}
