package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowColumn;
import java.util.List;

/**
 * A list or map in Parquet's three-level form: the group, the repeated group, the element or entry. The group is
 * optional but where it is the key of a map.
 */
final class RepeatedNode implements Node {
    private final List<Node> parts;
    private final boolean entries;
    private final int level;
    private final int step;

    /**
     * Creates the node.
     *
     * @param parts the element of a list, or key and value of a map
     * @param entries whether the parts lie in a struct below the list, as those of a map do
     * @param level repetition level of the repeated group
     * @param optional whether the group may be NULL
     */
    RepeatedNode(List<Node> parts, boolean entries, int level, boolean optional) {
        this.parts = parts;
        this.entries = entries;
        this.level = level;
        this.step = optional ? 1 : 0;
    }

    @Override
    public void write(ArrowColumn column, int row, int repetition, int definition) {
        if (column.isNull(row)) {
            writeAbsent(repetition, definition);
            return;
        }
        int start = column.start(row);
        int end = column.end(row);
        if (start == end) {
            writeAbsent(repetition, definition + step);
            return;
        }
        List<ArrowColumn> values = entries ? column.children().get(0).children() : column.children();
        for (int i = start; i < end; i++) {
            for (int part = 0; part < parts.size(); part++) {
                parts.get(part).write(values.get(part), i, i == start ? repetition : level, definition + step + 1);
            }
        }
    }

    @Override
    public void writeAbsent(int repetition, int definition) {
        for (Node part : parts) {
            part.writeAbsent(repetition, definition);
        }
    }
}
