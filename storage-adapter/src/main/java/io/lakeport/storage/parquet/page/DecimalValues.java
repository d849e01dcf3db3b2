package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** FIXED_LEN_BYTE_ARRAY with a decimal of more than 18 digits: two's complement, most significant byte first. */
final class DecimalValues extends BytesValues {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int ARROW_WIDTH = 2 * Long.BYTES;

    private final int width;
    private final byte[] whole = new byte[ARROW_WIDTH];

    /**
     * Creates an empty one.
     *
     * @param width bytes of a value in Parquet, from 9 to 16
     */
    DecimalValues(int width) {
        super(0, false);
        this.width = width;
    }

    @Override
    int fixedWidth() {
        return width;
    }

    @Override
    void addRange(ArrowColumn column, int row, int rows) {
        room(rows, rows * width);
        for (int i = 0; i < rows; i++) {
            add(column, row + i);
        }
    }

    @Override
    void addRows(ArrowColumn column, int[] rows, int from, int to) {
        room(to - from, (to - from) * width);
        for (int i = from; i < to; i++) {
            add(column, rows[i]);
        }
    }

    private void add(ArrowColumn column, int row) {
        long high = column.decimalHigh(row);
        int lost = (ARROW_WIDTH - width) * Byte.SIZE;
        if (high << lost >> lost != high) {
            throw new ArrowFormatException("column '" + column.field().name() + "' holds a number of more than "
                    + column.field().type().precision() + " digits in row " + row);
        }
        BIG_ENDIAN.set(whole, 0, high);
        BIG_ENDIAN.set(whole, Long.BYTES, column.decimalLow(row));
        System.arraycopy(whole, ARROW_WIDTH - width, bytes, size, width);
        take(width);
    }

    @Override
    int fitting(ArrowColumn column, int row, int rows, long limit) {
        return rows;
    }

    @Override
    int compare(int a, int lengthA, int b, int lengthB) {
        int signs = Byte.compare(bytes[a], bytes[b]);
        return signs != 0 ? signs : super.compare(a, lengthA, b, lengthB);
    }
}
