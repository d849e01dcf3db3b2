package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Writes the values of a leaf as they wait for their file: flags; the number of places and their repetition levels if
 * the column is repeated; the number of values and the definition levels if some place has none; the values in PLAIN.
 */
final class LeafFragment implements LeafSink {
    /** Some place has no value. */
    static final int GAPS = 1;

    private final boolean repeated;
    private final Values values;
    private final ByteOut out;
    private int[] present = new int[0];

    LeafFragment(ColumnDescriptor column, Values values, ByteOut out) {
        this.repeated = column.getMaxRepetitionLevel() > 0;
        this.values = values;
        this.out = out;
    }

    /** Writes rows of a column that is not nested and has no NULL. */
    void write(ArrowColumn column, int[] rows, int from, int to) {
        out.putByte(0);
        add(column, rows, from, to);
    }

    @Override
    public void accept(Slots places, ArrowColumn column) {
        int found = findPresent(places);
        boolean gaps = found < places.size;
        out.putByte(gaps ? GAPS : 0);
        if (repeated) {
            out.putInt(places.size);
            out.put(places.repetition, 0, places.size);
        }
        if (gaps) {
            out.putInt(found);
            out.put(places.definition, 0, places.size);
        }
        add(column, present, 0, found);
    }

    private int findPresent(Slots places) {
        present = present.length < places.size ? Arrays.copyOf(present, places.position.length) : present;
        int found = 0;
        for (int i = 0; i < places.size; i++) {
            if (places.position[i] >= 0) {
                present[found++] = places.position[i];
            }
        }
        return found;
    }

    private void add(ArrowColumn column, int[] rows, int from, int to) {
        values.clear();
        if (to > from) {
            values.addRows(column, rows, from, to);
        }
        values.writePlain(out);
    }
}
