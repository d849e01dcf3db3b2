package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowFormatException;
import io.lakeport.core.arrow.ArrowType;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** INT64 and DOUBLE. Times become microseconds. */
final class LongValues extends Values {
    private static final int SMALLEST = 256;
    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final long MICROS_OF_MILLI = 1_000L;

    private final ArrowType.Kind kind;
    private long[] values = new long[SMALLEST];

    LongValues(ArrowType.Kind kind) {
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
            case DECIMAL128 -> {
                for (int i = 0; i < rows; i++) {
                    values[count + i] = decimal(column, row + i);
                }
            }
            case INTERVAL_DAY_MILLIS -> {
                for (int i = 0; i < rows; i++) {
                    values[count + i] = dayMillis(column, row + i);
                }
            }
            default -> {
                column.copyLongs(row, rows, values, count);
                toMicros(count, count + rows);
            }
        }
        count += rows;
    }

    @Override
    void addRows(ArrowColumn column, int[] rows, int from, int to) {
        room(to - from);
        int at = count - from;
        switch (kind) {
            case DECIMAL128 -> {
                for (int i = from; i < to; i++) {
                    values[at + i] = decimal(column, rows[i]);
                }
            }
            case INTERVAL_DAY_MILLIS -> {
                for (int i = from; i < to; i++) {
                    values[at + i] = dayMillis(column, rows[i]);
                }
            }
            default -> {
                for (int i = from; i < to; i++) {
                    values[at + i] = column.int64(rows[i]);
                }
                toMicros(count, count + to - from);
            }
        }
        count += to - from;
    }

    private static long decimal(ArrowColumn column, int row) {
        long low = column.decimalLow(row);
        if (column.decimalHigh(row) != low >> (Long.SIZE - 1)) {
            throw new ArrowFormatException("column '" + column.field().name() + "' holds a number of more than "
                    + column.field().type().precision() + " digits in row " + row);
        }
        return low;
    }

    private static long dayMillis(ArrowColumn column, int row) {
        return column.int32(2 * row) * MICROS_OF_DAY + column.int32(2 * row + 1) * MICROS_OF_MILLI;
    }

    private void toMicros(int from, int to) {
        switch (kind) {
            case TIMESTAMP_SECOND, DURATION_SECOND -> multiply(from, to, 1_000_000L);
            case TIMESTAMP_MILLI, DURATION_MILLI -> multiply(from, to, MICROS_OF_MILLI);
            case TIMESTAMP_NANO, DURATION_NANO -> {
                for (int i = from; i < to; i++) {
                    if (values[i] % 1_000L != 0) {
                        throw new ArrowFormatException("a time has nanoseconds (" + values[i]
                                + " since the epoch), which no type of Databricks holds");
                    }
                    values[i] /= 1_000L;
                }
            }
            default -> {}
        }
    }

    private void multiply(int from, int to, long factor) {
        for (int i = from; i < to; i++) {
            if (Math.multiplyHigh(values[i], factor) != values[i] * factor >> (Long.SIZE - 1)) {
                throw new ArrowFormatException("a time of " + values[i] + " is outside 64 bits of microseconds");
            }
            values[i] *= factor;
        }
    }

    @Override
    int addPlain(byte[] bytes, int at, int more) {
        room(more);
        for (int i = 0; i < more; i++) {
            values[count + i] = (long) ByteOut.LONG.get(bytes, at + i * Long.BYTES);
        }
        count += more;
        return at + more * Long.BYTES;
    }

    @Override
    long plainBytes() {
        return (long) count * Long.BYTES;
    }

    @Override
    void writePlain(ByteOut out) {
        byte[] bytes = out.room(count * Long.BYTES);
        int at = out.size();
        for (int i = 0; i < count; i++) {
            ByteOut.LONG.set(bytes, at + i * Long.BYTES, values[i]);
        }
        out.advance(count * Long.BYTES);
    }

    @Override
    Statistics<?> statistics(PrimitiveType type) {
        Statistics<?> statistics = Statistics.createStats(type);
        if (count == 0) {
            return statistics;
        }
        if (statistics instanceof DoubleStatistics doubles) {
            return doubles(doubles);
        }
        long min = values[0];
        long max = min;
        for (int i = 1; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        ((LongStatistics) statistics).setMinMax(min, max);
        return statistics;
    }

    private Statistics<?> doubles(DoubleStatistics statistics) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            double value = Double.longBitsToDouble(values[i]);
            if (Double.isNaN(value)) {
                // Readers disagree on the place of NaN in the order.
                return none(statistics.type());
            }
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        // A zero in the statistics stands for both zeros.
        statistics.setMinMax(min == 0 ? -0.0 : min, max == 0 ? 0.0 : max);
        return statistics;
    }

    @Override
    Dictionary newDictionary(int maxEntries) {
        return new NumberDictionary(maxEntries, Long.BYTES);
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
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < count; i++) {
            ByteOut.LONG.set(bytes, 0, values[i]);
            target.accept(BloomHash.of(bytes, 0, bytes.length));
        }
    }
}
