package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Writes the values of a leaf as they wait for their file: number of places, repetition levels of a repeated column,
 * definition levels when some place has no value, number of values, values in PLAIN.
 */
final class LeafFragment implements LeafSink {
    private final boolean repeated;
    private final int top;
    private final Values values;
    private final ByteOut out;
    private int[] present = new int[0];

    LeafFragment(ColumnDescriptor column, Values values, ByteOut out) {
        this.repeated = column.getMaxRepetitionLevel() > 0;
        this.top = column.getMaxDefinitionLevel();
        this.values = values;
        this.out = out;
    }

    /** Writes rows of a column that is not nested and has no NULL. */
    void write(ArrowColumn column, int[] rows, int from, int to) {
        out.putInt(to - from);
        out.putByte(0);
        add(column, rows, from, to);
    }

    @Override
    public void accept(Slots places, ArrowColumn column) {
        out.putInt(places.size);
        if (repeated) {
            out.put(places.repetition, 0, places.size);
        }
        int gaps = 0;
        for (int i = 0; i < places.size; i++) {
            gaps |= places.definition(i) ^ top;
        }
        out.putByte(gaps == 0 ? 0 : 1);
        if (gaps != 0) {
            out.put(places.definition, 0, places.size);
        }
        present = present.length < places.size ? Arrays.copyOf(present, places.position.length) : present;
        int found = 0;
        for (int i = 0; i < places.size; i++) {
            if (places.position[i] >= 0) {
                present[found++] = places.position[i];
            }
        }
        add(column, present, 0, found);
    }

    private void add(ArrowColumn column, int[] rows, int from, int to) {
        values.clear();
        if (to > from) {
            values.addRows(column, rows, from, to);
        }
        out.putInt(values.count);
        values.writePlain(out);
    }
}
