package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowColumn;
import org.apache.parquet.column.ColumnWriter;

/** A column that holds values itself. */
final class LeafNode implements Node {
    private final ColumnWriter writer;
    private final LeafValue value;
    /** One level more than the place: an optional value that is there; none more for the key of a map. */
    private final int step;

    LeafNode(ColumnWriter writer, LeafValue value, boolean optional) {
        this.writer = writer;
        this.value = value;
        this.step = optional ? 1 : 0;
    }

    @Override
    public void write(ArrowColumn column, int row, int repetition, int definition) {
        if (column.isNull(row)) {
            writer.writeNull(repetition, definition);
        } else {
            value.write(writer, column, row, repetition, definition + step);
        }
    }

    @Override
    public void writeAbsent(int repetition, int definition) {
        writer.writeNull(repetition, definition);
    }
}
