package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowFormatException;
import java.util.Arrays;

/**
 * The places of a column of a nested type, in the terms of Dremel: each with its levels and, where a value is there,
 * its position in the Arrow column.
 */
public final class Slots {
    private static final int SMALLEST = 256;

    /** How many there are. */
    int size;
    /** Position of the value, or -1 where something around it is NULL or empty. */
    int[] position = new int[SMALLEST];

    byte[] definition = new byte[SMALLEST];
    byte[] repetition = new byte[SMALLEST];

    /** Creates none. */
    public Slots() {}

    /** Becomes consecutive rows. */
    public void range(int row, int rows) {
        size = 0;
        room(rows);
        for (int i = 0; i < rows; i++) {
            position[i] = row + i;
        }
        levels(rows);
    }

    /** Becomes some rows. */
    public void rows(int[] rows, int from, int to) {
        size = 0;
        room(to - from);
        System.arraycopy(rows, from, position, 0, to - from);
        levels(to - from);
    }

    private void levels(int rows) {
        Arrays.fill(definition, 0, rows, (byte) 0);
        Arrays.fill(repetition, 0, rows, (byte) 0);
        size = rows;
    }

    void room(int more) {
        if (size + more > position.length) {
            int length = Math.max(size + more, position.length * 2);
            position = Arrays.copyOf(position, length);
            definition = Arrays.copyOf(definition, length);
            repetition = Arrays.copyOf(repetition, length);
        }
    }

    void add(int at, int repeated, int defined) {
        room(1);
        position[size] = at;
        repetition[size] = (byte) repeated;
        definition[size++] = (byte) defined;
    }

    int definition(int slot) {
        return definition[slot] & 0xFF;
    }

    /** Becomes these places, one level deeper where the column has a value that is not NULL. */
    void mark(Slots places, ArrowColumn column, boolean optional) {
        int step = optional ? 1 : 0;
        size = 0;
        room(places.size);
        size = places.size;
        System.arraycopy(places.repetition, 0, repetition, 0, size);
        for (int i = 0; i < size; i++) {
            int at = places.position[i];
            int level = places.definition(i);
            if (at >= 0 && column.isNull(at)) {
                requireOptional(column, optional);
                at = -1;
            } else if (at >= 0) {
                level += step;
            }
            position[i] = at;
            definition[i] = (byte) level;
        }
    }

    private static void requireOptional(ArrowColumn column, boolean optional) {
        if (!optional) {
            throw new ArrowFormatException(
                    "a map has a key that is NULL, in '" + column.field().name() + "'");
        }
    }
}
