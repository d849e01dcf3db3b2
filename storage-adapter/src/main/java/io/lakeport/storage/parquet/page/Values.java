package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowType;
import java.util.function.LongConsumer;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The values of a page that are not NULL, dense and in the physical type of Parquet. Every call moves many values, so
 * that no call is made for a single one.
 */
abstract class Values {
    /** How many there are. */
    int count;

    /** Returns an empty page's values, from an Arrow type to the Parquet type that it has in a file. */
    static Values of(ArrowType from, PrimitiveType to) {
        return switch (to.getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanValues();
            case INT32, FLOAT -> new IntValues(from.kind());
            case INT64, DOUBLE -> new LongValues(from.kind());
            case FIXED_LEN_BYTE_ARRAY -> new DecimalValues(to.getTypeLength());
            default -> new BytesValues(from.kind() == ArrowType.Kind.FIXED_BINARY ? from.width() : 0, true);
        };
    }

    /** Adds the values of consecutive rows, none of them NULL. */
    abstract void addRange(ArrowColumn column, int row, int rows);

    /** Adds the values of some rows, none of them NULL. */
    abstract void addRows(ArrowColumn column, int[] rows, int from, int to);

    /** Adds values that {@link #writePlain} wrote, and returns the position after them. */
    abstract int addPlain(byte[] bytes, int at, int values);

    /** Returns how many of the rows, at least one, add no more than so many bytes. */
    int fitting(ArrowColumn column, int row, int rows, long bytes) {
        return rows;
    }

    /** Returns the size of the PLAIN encoding. */
    abstract long plainBytes();

    /** Writes the PLAIN encoding. */
    abstract void writePlain(ByteOut out);

    /** Returns minimum and maximum, or empty statistics where no order holds. */
    abstract Statistics<?> statistics(PrimitiveType type);

    /** Returns a dictionary for such values, null where one never pays. */
    abstract @Nullable Dictionary newDictionary(int maxEntries);

    /**
     * Finds the index of every value, adding those that are new.
     *
     * @return false when the dictionary is full
     */
    abstract boolean index(Dictionary dictionary, int[] indexes);

    /** Gives the hash of every value, as bloom filters want it. */
    abstract void hashes(LongConsumer target);

    void clear() {
        count = 0;
    }

    static Statistics<?> none(PrimitiveType type) {
        return Statistics.getBuilderForReading(type).build();
    }
}
