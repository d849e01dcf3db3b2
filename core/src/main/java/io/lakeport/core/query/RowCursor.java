package io.lakeport.core.query;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a {@link ResultStream}, one at a time, for people who want rows and not Arrow. Columns are numbered from 0.
 *
 * <p>A primitive getter on NULL throws {@link IllegalStateException}: ask {@link #isNull} first. A getter that does
 * not fit the column's type throws {@link IllegalStateException} naming column, type and the getter that fits. The
 * table of types is {@code docs/types.md}. Not thread-safe.
 */
public interface RowCursor extends AutoCloseable {
    /** Returns the columns. */
    ResultSchema schema();

    /** Moves to the next row; returns false after the last. */
    boolean next();

    /** Returns whether the value is NULL. */
    boolean isNull(int column);

    /** Returns a BOOLEAN. */
    boolean getBoolean(int column);

    /** Returns a TINYINT, SMALLINT or INT. */
    int getInt(int column);

    /** Returns a TINYINT, SMALLINT, INT or BIGINT. */
    long getLong(int column);

    /** Returns a FLOAT, DOUBLE or any integer, as the nearest double. */
    double getDouble(int column);

    /** Returns a DECIMAL with its scale, or any integer; null for NULL. */
    @Nullable
    BigDecimal getDecimal(int column);

    /** Returns a STRING, VARIANT (JSON text) or unknown type (text); null for NULL. */
    @Nullable
    String getString(int column);

    /** Returns a BINARY as a fresh array; null for NULL. */
    byte @Nullable [] getBytes(int column);

    /** Returns a DATE; null for NULL. */
    @Nullable
    LocalDate getDate(int column);

    /** Returns a TIMESTAMP; null for NULL. */
    @Nullable
    Instant getTimestamp(int column);

    /** Returns a TIMESTAMP_NTZ; null for NULL. */
    @Nullable
    LocalDateTime getTimestampNtz(int column);

    /** Returns a year-month interval, normalised to years and months; null for NULL. */
    @Nullable
    Period getYearMonthInterval(int column);

    /** Returns a day-time interval, microsecond resolution; null for NULL. */
    @Nullable
    Duration getDayTimeInterval(int column);

    /**
     * Returns any value as its Java object: Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal, String,
     * byte[], LocalDate, Instant, LocalDateTime, Period, Duration, {@code List} for ARRAY, {@code Map} (in order) for
     * MAP, {@link StructValue} for STRUCT; null for NULL. Fresh on every call; collections are unmodifiable.
     */
    @Nullable
    Object getObject(int column);

    /** Closes the underlying stream; idempotent. */
    @Override
    void close();
}
