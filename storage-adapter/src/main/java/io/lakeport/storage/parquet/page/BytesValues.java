package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowFormatException;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/** BYTE_ARRAY: texts and binaries. */
class BytesValues extends Values {
    private static final int SMALLEST = 256;
    /** A page with longer values gives its room back to the heap. */
    private static final int RETAINED = 4 << 20;

    private final int fixedWidth;
    private final boolean withLength;
    /** The bytes of all values, and of NULLs between them that have some. */
    byte[] bytes = new byte[SMALLEST * Long.BYTES];

    int size;
    private int[] starts = new int[SMALLEST];
    private int[] lengths = new int[SMALLEST];
    private long sumOfLengths;
    private int min = -1;
    private int max = -1;

    /**
     * Creates an empty one.
     *
     * @param fixedWidth bytes of each value in Arrow where they have no offsets, otherwise 0
     * @param withLength whether PLAIN gives each value's length
     */
    BytesValues(int fixedWidth, boolean withLength) {
        this.fixedWidth = fixedWidth;
        this.withLength = withLength;
    }

    final void room(int values, int more) {
        if (count + values > starts.length) {
            int length = Math.max(count + values, starts.length * 2);
            starts = Arrays.copyOf(starts, length);
            lengths = Arrays.copyOf(lengths, length);
        }
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
        }
    }

    /** Takes the next {@code length} bytes as a value. */
    final void take(int length) {
        starts[count] = size;
        lengths[count++] = length;
        size += length;
        sumOfLengths += length;
    }

    private int start(ArrowColumn column, int row) {
        return fixedWidth > 0 ? row * fixedWidth : column.start(row);
    }

    private int end(ArrowColumn column, int row) {
        return fixedWidth > 0 ? (row + 1) * fixedWidth : column.end(row);
    }

    @Override
    void addRange(ArrowColumn column, int row, int rows) {
        int begin = start(column, row);
        int bytesOfAll = end(column, row + rows - 1) - begin;
        if (bytesOfAll < 0) {
            throw new ArrowFormatException(
                    "column '" + column.field().name() + "' has offsets that fall from row " + row + " on");
        }
        room(rows, bytesOfAll);
        column.copyBytes(begin, bytesOfAll, bytes, size);
        int stop = size + bytesOfAll;
        int start = begin;
        for (int i = 0; i < rows; i++) {
            int end = start(column, row + i + 1);
            if (end < start || size + end - start > stop) {
                throw new ArrowFormatException("column '" + column.field().name() + "' has offsets " + start + ".."
                        + end + " in row " + (row + i) + ", outside those of the rows around it");
            }
            take(end - start);
            start = end;
        }
    }

    @Override
    void addRows(ArrowColumn column, int[] rows, int from, int to) {
        for (int i = from; i < to; i++) {
            int start = start(column, rows[i]);
            int length = end(column, rows[i]) - start;
            room(1, length);
            column.copyBytes(start, length, bytes, size);
            take(length);
        }
    }

    @Override
    int addPlain(byte[] source, int at, int more) {
        int position = at;
        for (int i = 0; i < more; i++) {
            int length = fixedWidth();
            if (withLength) {
                length = (int) ByteOut.INT.get(source, position);
                position += Integer.BYTES;
            }
            room(1, length);
            System.arraycopy(source, position, bytes, size, length);
            take(length);
            position += length;
        }
        return position;
    }

    /** Returns the bytes of each value where PLAIN gives no length. */
    int fixedWidth() {
        return 0;
    }

    @Override
    int fitting(ArrowColumn column, int row, int rows, long limit) {
        int fit = rows;
        while (fit > 1 && end(column, row + fit - 1) - (long) start(column, row) > limit) {
            fit /= 2;
        }
        return fit;
    }

    @Override
    long plainBytes() {
        return sumOfLengths + (withLength ? (long) count * Integer.BYTES : 0);
    }

    @Override
    void writePlain(ByteOut out) {
        byte[] target = out.room(Math.toIntExact(plainBytes()));
        int at = out.size();
        for (int i = 0; i < count; i++) {
            int length = lengths[i];
            if (withLength) {
                ByteOut.INT.set(target, at, length);
                at += Integer.BYTES;
            }
            System.arraycopy(bytes, starts[i], target, at, length);
            at += length;
        }
        out.advance(at - out.size());
    }

    @Override
    Statistics<?> statistics(PrimitiveType type) {
        Statistics<?> statistics = Statistics.createStats(type);
        if (count == 0) {
            return statistics;
        }
        if (min < 0) {
            for (int i = 0; i < count; i++) {
                consider(i);
            }
        }
        statistics.updateStats(value(min));
        statistics.updateStats(value(max));
        return statistics;
    }

    private Binary value(int i) {
        return Binary.fromConstantByteArray(Arrays.copyOfRange(bytes, starts[i], starts[i] + lengths[i]));
    }

    private void consider(int i) {
        if (min < 0) {
            min = i;
            max = i;
        } else if (compare(starts[i], lengths[i], starts[min], lengths[min]) < 0) {
            min = i;
        } else if (compare(starts[i], lengths[i], starts[max], lengths[max]) > 0) {
            max = i;
        }
    }

    /** Compares two values in the order of the type: for texts and binaries that of their unsigned bytes. */
    int compare(int a, int lengthA, int b, int lengthB) {
        return Arrays.compareUnsigned(bytes, a, a + lengthA, bytes, b, b + lengthB);
    }

    @Override
    Dictionary newDictionary(int maxEntries) {
        return new BytesDictionary(maxEntries, withLength);
    }

    @Override
    boolean index(Dictionary dictionary, int[] indexes) {
        BytesDictionary texts = (BytesDictionary) dictionary;
        texts.nextPage();
        for (int i = 0; i < count; i++) {
            int index = texts.indexOf(bytes, starts[i], lengths[i]);
            if (index < 0) {
                min = -1;
                return false;
            }
            indexes[i] = index;
            // Only what is new in this page can move its minimum and maximum.
            if (texts.firstInPage(index)) {
                consider(i);
            }
        }
        return true;
    }

    @Override
    void hashes(LongConsumer target) {
        for (int i = 0; i < count; i++) {
            target.accept(BloomHash.of(bytes, starts[i], lengths[i]));
        }
    }

    @Override
    void clear() {
        super.clear();
        if (bytes.length > RETAINED) {
            bytes = new byte[SMALLEST * Long.BYTES];
        }
        size = 0;
        sumOfLengths = 0;
        min = -1;
    }
}
