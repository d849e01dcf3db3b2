package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import java.io.IOException;
import java.util.List;

/** A column of the table with its leaves: one that it is itself, or those into which its values are shredded. */
final class TopColumn {
    private final boolean nested;
    private final List<LeafWriter> leaves;
    private final Shredder shredder;
    private final Slots places = new Slots();
    private final PageLimits limits;

    TopColumn(ArrowField field, List<LeafWriter> leaves, PageLimits limits) {
        this.nested = !field.children().isEmpty();
        this.leaves = List.copyOf(leaves);
        this.shredder = ShredderTree.of(field, leaves.iterator());
        this.limits = limits;
    }

    void write(ArrowColumn column, int row, int rows) throws IOException {
        if (!nested) {
            leaves.get(0).write(column, row, rows);
            return;
        }
        int step = rowsAtOnce(column);
        for (int done = 0; done < rows; done += step) {
            places.range(row + done, Math.min(step, rows - done));
            shredder.shred(places, column);
            for (LeafWriter leaf : leaves) {
                leaf.endPageIfFull();
            }
        }
    }

    /** Few rows at once where each has many elements, so that levels take no more room than a page. */
    private int rowsAtOnce(ArrowColumn column) {
        long perRow = largest(column) / Math.max(1, column.length()) + 1;
        return (int) Math.max(1, limits.slots() / perRow);
    }

    private static long largest(ArrowColumn column) {
        long largest = column.length();
        for (ArrowColumn child : column.children()) {
            largest = Math.max(largest, largest(child));
        }
        return largest;
    }
}
