package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowFormatException;
import io.lakeport.core.arrow.ArrowType;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** INT32 and FLOAT. */
final class IntValues extends Values {
    private static final int SMALLEST = 256;

    private final ArrowType.Kind kind;
    private int[] values = new int[SMALLEST];

    IntValues(ArrowType.Kind kind) {
        this.kind = kind;
    }

    private void room(int more) {
        if (count + more > values.length) {
            values = Arrays.copyOf(values, Math.max(count + more, values.length * 2));
        }
    }

    @Override
    void addRange(ArrowColumn column, int row, int rows) {
        room(rows);
        switch (kind) {
            case INT8 -> {
                for (int i = 0; i < rows; i++) {
                    values[count + i] = column.int8(row + i);
                }
            }
            case INT16 -> {
                for (int i = 0; i < rows; i++) {
                    values[count + i] = column.int16(row + i);
                }
            }
            case DECIMAL128 -> {
                for (int i = 0; i < rows; i++) {
                    values[count + i] = decimal(column, row + i);
                }
            }
            default -> column.copyInts(row, rows, values, count);
        }
        count += rows;
    }

    @Override
    void addRows(ArrowColumn column, int[] rows, int from, int to) {
        room(to - from);
        int at = count - from;
        switch (kind) {
            case INT8 -> {
                for (int i = from; i < to; i++) {
                    values[at + i] = column.int8(rows[i]);
                }
            }
            case INT16 -> {
                for (int i = from; i < to; i++) {
                    values[at + i] = column.int16(rows[i]);
                }
            }
            case DECIMAL128 -> {
                for (int i = from; i < to; i++) {
                    values[at + i] = decimal(column, rows[i]);
                }
            }
            default -> {
                for (int i = from; i < to; i++) {
                    values[at + i] = column.int32(rows[i]);
                }
            }
        }
        count += to - from;
    }

    private static int decimal(ArrowColumn column, int row) {
        long low = column.decimalLow(row);
        if ((int) low != low || column.decimalHigh(row) != low >> (Long.SIZE - 1)) {
            throw new ArrowFormatException("column '" + column.field().name() + "' holds a number of more than "
                    + column.field().type().precision() + " digits in row " + row);
        }
        return (int) low;
    }

    @Override
    int addPlain(byte[] bytes, int at, int more) {
        room(more);
        for (int i = 0; i < more; i++) {
            values[count + i] = (int) ByteOut.INT.get(bytes, at + i * Integer.BYTES);
        }
        count += more;
        return at + more * Integer.BYTES;
    }

    @Override
    long plainBytes() {
        return (long) count * Integer.BYTES;
    }

    @Override
    void writePlain(ByteOut out) {
        byte[] bytes = out.room(count * Integer.BYTES);
        int at = out.size();
        for (int i = 0; i < count; i++) {
            ByteOut.INT.set(bytes, at + i * Integer.BYTES, values[i]);
        }
        out.advance(count * Integer.BYTES);
    }

    @Override
    Statistics<?> statistics(PrimitiveType type) {
        Statistics<?> statistics = Statistics.createStats(type);
        if (count == 0) {
            return statistics;
        }
        if (statistics instanceof FloatStatistics floats) {
            return floats(floats);
        }
        int min = values[0];
        int max = min;
        for (int i = 1; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        ((IntStatistics) statistics).setMinMax(min, max);
        return statistics;
    }

    private Statistics<?> floats(FloatStatistics statistics) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            float value = Float.intBitsToFloat(values[i]);
            if (Float.isNaN(value)) {
                // Readers disagree on the place of NaN in the order.
                return none(statistics.type());
            }
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        // A zero in the statistics stands for both zeros.
        statistics.setMinMax(min == 0 ? -0.0f : min, max == 0 ? 0.0f : max);
        return statistics;
    }

    @Override
    Dictionary newDictionary(int maxEntries) {
        return new NumberDictionary(maxEntries, Integer.BYTES);
    }

    @Override
    boolean index(Dictionary dictionary, int[] indexes) {
        NumberDictionary numbers = (NumberDictionary) dictionary;
        for (int i = 0; i < count; i++) {
            int index = numbers.indexOf(values[i]);
            if (index < 0) {
                return false;
            }
            indexes[i] = index;
        }
        return true;
    }

    @Override
    void hashes(LongConsumer target) {
        byte[] bytes = new byte[Integer.BYTES];
        for (int i = 0; i < count; i++) {
            ByteOut.INT.set(bytes, 0, values[i]);
            target.accept(BloomHash.of(bytes, 0, bytes.length));
        }
    }
}
