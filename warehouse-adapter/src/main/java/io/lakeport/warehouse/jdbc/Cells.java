package io.lakeport.warehouse.jdbc;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.warehouse.arrow.IntervalText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of the driver's result as the Java classes of the type table. Not thread-safe. */
final class Cells {
    private static final int FIXED_BYTES = 16;

    private final List<Column> columns;
    private final @Nullable Object[] values;
    private final ZoneRules zone = ZoneId.systemDefault().getRules();
    private long size;

    Cells(ResultSchema schema) {
        this.columns = schema.columns();
        this.values = new @Nullable Object[columns.size()];
    }

    /** Returns the current row, in an array that the next call uses again. */
    @Nullable
    Object[] read(ResultSet rows) throws SQLException {
        size = 0;
        for (int i = 0; i < values.length; i++) {
            @Nullable Object value = value(rows, i + 1, columns.get(i));
            values[i] = value;
            size += sizeOf(value);
        }
        return values;
    }

    private static long sizeOf(@Nullable Object value) {
        if (value instanceof String text) {
            return FIXED_BYTES + 3L * text.length();
        }
        return value instanceof byte[] bytes ? FIXED_BYTES + (long) bytes.length : FIXED_BYTES;
    }

    /** Returns at most how many bytes the row that was read last takes in Arrow's layout. */
    long size() {
        return size;
    }

    /** Forgets the row that was read last. */
    void clear() {
        Arrays.fill(values, null);
    }

    private @Nullable Object value(ResultSet rows, int index, Column column) throws SQLException {
        @Nullable Object value = rows.getObject(index);
        if (value == null) {
            return null;
        }
        return switch (column.type().kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, BINARY -> value;
            case DATE -> rows.getObject(index, LocalDate.class);
            case TIMESTAMP -> wallClock((Timestamp) value, column).toInstant(ZoneOffset.UTC);
            case TIMESTAMP_NTZ -> wallClock((Timestamp) value, column);
            case INTERVAL_YEAR_MONTH -> IntervalText.yearMonth(value.toString());
            case INTERVAL_DAY_TIME -> IntervalText.dayTime(value.toString());
            case STRING, ARRAY, MAP, STRUCT, VARIANT, VOID, OTHER -> rows.getString(index);
        };
    }

    /**
     * The driver makes a java.sql.Timestamp of the wall-clock time, and that class moves a time which the clocks of the
     * JVM's zone skip to one an hour later. What may have been moved cannot be told from what really stands there, so
     * it is refused and never passed on wrong.
     */
    private LocalDateTime wallClock(Timestamp value, Column column) {
        LocalDateTime time = value.toLocalDateTime();
        if (zone.isFixedOffset()) {
            return time;
        }
        @Nullable
        ZoneOffsetTransition last = zone.previousTransition(
                time.atZone(ZoneId.systemDefault()).toInstant().plusNanos(1));
        if (last != null
                && last.isGap()
                && time.isBefore(last.getDateTimeAfter().plus(last.getDuration()))) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "column '" + column.name() + "' holds a time in the hour after the clocks of "
                            + ZoneId.systemDefault() + ", the zone of this JVM, go forward; the JDBC driver cannot tell"
                            + " it from one in the hour that they skip. Start the JVM with -Duser.timezone=UTC, or use"
                            + " engine 'sea'");
        }
        return time;
    }
}
