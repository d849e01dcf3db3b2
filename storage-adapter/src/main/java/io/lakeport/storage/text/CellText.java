package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowColumn;

/** Writes values of one Arrow type as text. */
@FunctionalInterface
public interface CellText {
    /** Adds a value that is not NULL. */
    void write(ByteText out, ArrowColumn column, int row);
}
