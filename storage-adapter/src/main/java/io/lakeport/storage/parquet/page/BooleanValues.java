package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.apache.parquet.column.statistics.BooleanStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** BOOLEAN: eight values in a byte. */
final class BooleanValues extends Values {
    private static final int SMALLEST = 256;

    private byte[] values = new byte[SMALLEST];
    private int trues;

    private void add(boolean value) {
        values[count++] = (byte) (value ? 1 : 0);
        trues += value ? 1 : 0;
    }

    private void room(int more) {
        if (count + more > values.length) {
            values = Arrays.copyOf(values, Math.max(count + more, values.length * 2));
        }
    }

    @Override
    void addRange(ArrowColumn column, int row, int rows) {
        room(rows);
        for (int i = 0; i < rows; i++) {
            add(column.bool(row + i));
        }
    }

    @Override
    void addRows(ArrowColumn column, int[] rows, int from, int to) {
        room(to - from);
        for (int i = from; i < to; i++) {
            add(column.bool(rows[i]));
        }
    }

    @Override
    int addPlain(byte[] bytes, int at, int more) {
        room(more);
        for (int i = 0; i < more; i++) {
            add((bytes[at + (i >> 3)] >> (i & 7) & 1) != 0);
        }
        return at + (more + 7) / 8;
    }

    @Override
    long plainBytes() {
        return (count + 7) / 8;
    }

    @Override
    void writePlain(ByteOut out) {
        int length = (count + 7) / 8;
        byte[] bytes = out.room(length);
        int at = out.size();
        Arrays.fill(bytes, at, at + length, (byte) 0);
        for (int i = 0; i < count; i++) {
            bytes[at + (i >> 3)] |= (byte) (values[i] << (i & 7));
        }
        out.advance(length);
    }

    @Override
    Statistics<?> statistics(PrimitiveType type) {
        BooleanStatistics statistics = (BooleanStatistics) Statistics.createStats(type);
        if (count > 0) {
            statistics.setMinMax(trues == count, trues > 0);
        }
        return statistics;
    }

    @Override
    @Nullable
    Dictionary newDictionary(int maxEntries) {
        return null;
    }

    @Override
    boolean index(Dictionary dictionary, int[] indexes) {
        return false;
    }

    /** Parquet has no bloom filter of booleans. */
    @Override
    void hashes(LongConsumer target) {}

    @Override
    void clear() {
        super.clear();
        trues = 0;
    }
}
