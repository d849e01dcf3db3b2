package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowColumn;

/**
 * Writes the values of one column of a type, nested ones into several leaves, with Parquet's repetition and definition
 * levels (Dremel encoding). The levels given are those of the place where the value stands.
 */
interface Node {
    /** Writes one value, which may be NULL. */
    void write(ArrowColumn column, int row, int repetition, int definition);

    /** Writes that there is no value, because something around it is NULL or empty. */
    void writeAbsent(int repetition, int definition);
}
