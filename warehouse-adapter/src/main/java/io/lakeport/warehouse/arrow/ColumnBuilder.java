package io.lakeport.warehouse.arrow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the values of one column in Arrow's layout. Not thread-safe. */
abstract class ColumnBuilder {
    private final GrowingBytes validity = new GrowingBytes();
    private int length;
    private int nulls;

    /** Adds a value, null for NULL. */
    final void add(@Nullable Object value) {
        setBit(validity, length, value != null);
        if (value == null) {
            nulls++;
            putNull();
        } else {
            put(value);
        }
        length++;
    }

    /** Writes bit number {@code index}, the next one. */
    static void setBit(GrowingBytes bits, int index, boolean value) {
        if ((index & 7) == 0) {
            bits.room(1).put((byte) 0);
        }
        if (value) {
            var buffer = bits.room(0);
            int at = index >> 3;
            buffer.put(at, (byte) (buffer.get(at) | 1 << (index & 7)));
        }
    }

    abstract void put(Object value);

    abstract void putNull();

    /** Returns the buffers after the validity bits. */
    abstract List<GrowingBytes> values();

    /** Returns all buffers in the order of the format. */
    List<GrowingBytes> buffers() {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(validity), values().stream())
                .toList();
    }

    final int length() {
        return length;
    }

    final int nulls() {
        return nulls;
    }

    /** Returns how many bytes the column has now. */
    final long bytes() {
        long sum = 0;
        for (GrowingBytes buffer : buffers()) {
            sum += buffer.length();
        }
        return sum;
    }

    /** Forgets all values and keeps the memory. */
    void clear() {
        length = 0;
        nulls = 0;
        buffers().forEach(GrowingBytes::clear);
    }
}
