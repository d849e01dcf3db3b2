package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowColumn;
import java.util.List;

/** A group; optional but for the key of a map. */
final class StructNode implements Node {
    private final List<Node> fields;
    private final int step;

    StructNode(List<Node> fields, boolean optional) {
        this.fields = fields;
        this.step = optional ? 1 : 0;
    }

    @Override
    public void write(ArrowColumn column, int row, int repetition, int definition) {
        if (column.isNull(row)) {
            writeAbsent(repetition, definition);
            return;
        }
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).write(column.children().get(i), row, repetition, definition + step);
        }
    }

    @Override
    public void writeAbsent(int repetition, int definition) {
        for (Node field : fields) {
            field.writeAbsent(repetition, definition);
        }
    }
}
