package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowType;
import java.nio.ByteBuffer;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Moves one value that is not NULL from Arrow to a Parquet column, without an object where the type allows it. */
@FunctionalInterface
interface LeafValue {
    void write(ColumnWriter writer, ArrowColumn column, int row, int repetition, int definition);

    /** Decimals of up to so many digits are 64 bits wide. */
    int LONG_DIGITS = 18;
    /** Decimals of up to so many digits are 32 bits wide. */
    int INT_DIGITS = 9;

    static LeafValue of(ArrowType type) {
        return switch (type.kind()) {
            case BOOL -> (w, c, row, r, d) -> w.write(c.bool(row), r, d);
            case INT8 -> (w, c, row, r, d) -> w.write((int) c.int8(row), r, d);
            case INT16 -> (w, c, row, r, d) -> w.write((int) c.int16(row), r, d);
            case INT32, DATE_DAY, INTERVAL_MONTHS -> (w, c, row, r, d) -> w.write(c.int32(row), r, d);
            case INT64, TIMESTAMP_MICRO, DURATION_MICRO -> (w, c, row, r, d) -> w.write(c.int64(row), r, d);
            case FLOAT32 -> (w, c, row, r, d) -> w.write(c.float32(row), r, d);
            case FLOAT64 -> (w, c, row, r, d) -> w.write(c.float64(row), r, d);
            case DECIMAL128 -> decimal(type.precision());
            case TIMESTAMP_SECOND, DURATION_SECOND ->
                (w, c, row, r, d) -> w.write(Math.multiplyExact(c.int64(row), 1_000_000L), r, d);
            case TIMESTAMP_MILLI, DURATION_MILLI ->
                (w, c, row, r, d) -> w.write(Math.multiplyExact(c.int64(row), 1_000L), r, d);
            case TIMESTAMP_NANO, DURATION_NANO ->
                (w, c, row, r, d) -> w.write(Math.floorDiv(c.int64(row), 1_000L), r, d);
            case INTERVAL_DAY_MILLIS ->
                (w, c, row, r, d) -> w.write(c.int32(2 * row) * 86_400_000_000L + c.int32(2 * row + 1) * 1_000L, r, d);
            case NULL -> (w, c, row, r, d) -> w.writeNull(r, d - 1);
            default -> (w, c, row, r, d) -> w.write(Binary.fromConstantByteArray(c.bytes(row)), r, d);
        };
    }

    private static LeafValue decimal(int precision) {
        if (precision <= INT_DIGITS) {
            return (w, c, row, r, d) -> w.write((int) c.decimalLow(row), r, d);
        }
        if (precision <= LONG_DIGITS) {
            return (w, c, row, r, d) -> w.write(c.decimalLow(row), r, d);
        }
        int width = ParquetTypes.decimalWidth(precision);
        return (w, c, row, r, d) -> {
            byte[] whole = new byte[2 * Long.BYTES];
            ByteBuffer.wrap(whole).putLong(c.decimalHigh(row)).putLong(c.decimalLow(row));
            w.write(Binary.fromConstantByteArray(whole, whole.length - width, width), r, d);
        };
    }
}
