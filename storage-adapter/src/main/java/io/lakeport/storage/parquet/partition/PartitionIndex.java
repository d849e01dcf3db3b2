package io.lakeport.storage.parquet.partition;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.storage.parquet.page.BytesDictionary;
import io.lakeport.storage.parquet.page.NumberDictionary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Numbers the partitions in the order in which rows name them. Not thread-safe. */
final class PartitionIndex {
    /** Beyond this a column is a key rather than a partition, and its files would help nobody. */
    private static final int MOST = 100_000;

    private final PartitionLayout layout;
    private final Consumer<Map<String, String>> check;
    private final List<ValueIndex> values = new ArrayList<>();
    private final List<NumberDictionary> prefixes = new ArrayList<>();
    private final List<Map<String, String>> partitions = new ArrayList<>();
    private int[] numbers = new int[0];

    /**
     * Creates an empty one.
     *
     * @param check refuses partitions whose directory cannot exist
     */
    PartitionIndex(PartitionLayout layout, Consumer<Map<String, String>> check) {
        this.layout = layout;
        this.check = check;
        layout.columns().forEach(column -> {
            values.add(new ValueIndex());
            prefixes.add(new NumberDictionary(Integer.MAX_VALUE, Long.BYTES));
        });
    }

    /** Returns the number of each row's partition; valid until the next call. */
    int[] of(List<ArrowColumn> batch, int row, int rows) {
        numbers = numbers.length < rows ? new int[rows] : numbers;
        Arrays.fill(numbers, 0, rows, 0);
        for (int i = 0; i < values.size(); i++) {
            ArrowColumn column = batch.get(layout.columns().get(i));
            ValueIndex index = values.get(i);
            NumberDictionary prefix = prefixes.get(i);
            for (int at = 0; at < rows; at++) {
                long pair = (long) numbers[at] << Integer.SIZE | index.of(column, row + at);
                numbers[at] = prefix.indexOf(pair);
            }
        }
        for (int at = 0; at < rows; at++) {
            if (numbers[at] == partitions.size()) {
                add(layout.values(batch, row + at));
            }
        }
        return numbers;
    }

    private void add(Map<String, String> partition) {
        check.accept(partition);
        if (partitions.size() == MOST) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "the partition columns " + layout.names() + " have more than " + MOST
                            + " different values together; partition by fewer or coarser ones, for example by month");
        }
        partitions.add(partition);
    }

    /** Returns the values of a partition, by column name. */
    Map<String, String> values(int partition) {
        return partitions.get(partition);
    }

    int size() {
        return partitions.size();
    }

    /** Numbers the values of one column: 0 for NULL and the empty text, which share a directory. */
    private static final class ValueIndex {
        private final NumberDictionary numbers = new NumberDictionary(Integer.MAX_VALUE, Long.BYTES);
        private final BytesDictionary texts = new BytesDictionary(Integer.MAX_VALUE, false);
        private byte[] bytes = new byte[Long.BYTES];

        int of(ArrowColumn column, int row) {
            if (column.isNull(row)) {
                return 0;
            }
            return switch (column.field().type().kind()) {
                case BOOL -> 1 + (column.bool(row) ? 1 : 0);
                case INT8 -> 1 + numbers.indexOf(column.int8(row));
                case INT16 -> 1 + numbers.indexOf(column.int16(row));
                case INT32, DATE_DAY -> 1 + numbers.indexOf(column.int32(row));
                case INT64, TIMESTAMP_MICRO -> 1 + numbers.indexOf(column.int64(row));
                case DECIMAL128 -> text(column, row * column.field().type().width(), 2 * Long.BYTES);
                case UTF8, LARGE_UTF8 -> text(column, column.start(row), column.end(row) - column.start(row));
                default -> throw PartitionLayout.notAName(column);
            };
        }

        private int text(ArrowColumn column, int start, int length) {
            if (length == 0) {
                return 0;
            }
            bytes = bytes.length < length ? new byte[length] : bytes;
            column.copyBytes(start, length, bytes, 0);
            return 1 + texts.indexOf(bytes, 0, length);
        }
    }
}
