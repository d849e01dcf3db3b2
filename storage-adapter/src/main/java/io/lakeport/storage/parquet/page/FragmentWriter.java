package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Writes rows of a batch as a fragment: taken apart into leaves like pages, not yet encoded. {@link RowGroup#append}
 * takes fragments. Not thread-safe.
 */
public final class FragmentWriter {
    private final ByteOut out = new ByteOut();
    private final List<LeafFragment> leaves = new ArrayList<>();
    private final List<Shredder> shredders = new ArrayList<>();
    /** The leaf of each column that is not nested, by the column's position; otherwise -1. */
    private final int[] flat;

    private final Slots places = new Slots();

    /** Creates one for rows of these fields. */
    public FragmentWriter(MessageType schema, List<ArrowField> fields) {
        List<ArrowField> leafFields = ShredderTree.leaves(fields);
        for (int i = 0; i < leafFields.size(); i++) {
            ColumnDescriptor column = schema.getColumns().get(i);
            Values values = Values.of(leafFields.get(i).type(), column.getPrimitiveType());
            leaves.add(new LeafFragment(column, values, out));
        }
        flat = new int[fields.size()];
        int next = 0;
        for (int i = 0; i < fields.size(); i++) {
            int own = ShredderTree.leaves(List.of(fields.get(i))).size();
            flat[i] = fields.get(i).children().isEmpty() ? next : -1;
            shredders.add(ShredderTree.of(
                    fields.get(i), leaves.subList(next, next + own).iterator()));
            next += own;
        }
    }

    /** Returns the rows {@code rows[from..to)} as a fragment, which is valid until the next call. */
    public ByteOut write(List<ArrowColumn> batch, int[] rows, int from, int to) {
        out.clear();
        out.putInt(0);
        out.putInt(to - from);
        places.rows(rows, from, to);
        for (int i = 0; i < flat.length; i++) {
            ArrowColumn column = batch.get(i);
            if (flat[i] >= 0 && column.nullCount() == 0) {
                leaves.get(flat[i]).write(column, rows, from, to);
            } else {
                shredders.get(i).shred(places, column);
            }
        }
        out.setInt(0, out.size());
        return out;
    }

    /** Returns how many bytes the fragment at a position has. */
    public static int length(byte[] fragments, int at) {
        return (int) ByteOut.INT.get(fragments, at);
    }

    /** Returns how many rows the fragment at a position has. */
    public static int rows(byte[] fragments, int at) {
        return (int) ByteOut.INT.get(fragments, at + Integer.BYTES);
    }
}
