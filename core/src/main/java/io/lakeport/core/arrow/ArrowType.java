package io.lakeport.core.arrow;

import java.util.Objects;

/**
 * Physical type of an Arrow column.
 *
 * @param kind which layout its buffers have
 * @param width bytes of one value where it is fixed; elements of a fixed-size list; 0 otherwise
 * @param precision digits of a decimal, otherwise 0
 * @param scale fraction digits of a decimal, otherwise 0
 * @param zone time zone of a timestamp, empty for one without zone
 */
public record ArrowType(Kind kind, int width, int precision, int scale, String zone) {
    /** The layouts that Databricks sends, and their close relatives. */
    public enum Kind {
        NULL,
        BOOL,
        INT8,
        INT16,
        INT32,
        INT64,
        FLOAT32,
        FLOAT64,
        DECIMAL128,
        /** Days since 1970-01-01. */
        DATE_DAY,
        TIMESTAMP_SECOND,
        TIMESTAMP_MILLI,
        TIMESTAMP_MICRO,
        TIMESTAMP_NANO,
        /** Months, 32 bits. */
        INTERVAL_MONTHS,
        /** Days and milliseconds, 32 bits each. */
        INTERVAL_DAY_MILLIS,
        DURATION_SECOND,
        DURATION_MILLI,
        DURATION_MICRO,
        DURATION_NANO,
        FIXED_BINARY,
        /** 32-bit offsets. */
        BINARY,
        UTF8,
        /** 64-bit offsets. */
        LARGE_BINARY,
        LARGE_UTF8,
        LIST,
        LARGE_LIST,
        MAP,
        STRUCT
    }

    public ArrowType {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(zone, "zone");
    }

    static ArrowType of(Kind kind, int width) {
        return new ArrowType(kind, width, 0, 0, "");
    }

    /** Returns whether values lie one after another with the same width in bytes. */
    public boolean isFixedWidth() {
        return width > 0;
    }

    /** Returns whether values are found through offsets. */
    public boolean hasOffsets() {
        return switch (kind) {
            case BINARY, UTF8, LARGE_BINARY, LARGE_UTF8, LIST, LARGE_LIST, MAP -> true;
            default -> false;
        };
    }

    /** Returns how wide an offset is, 4 or 8 bytes; 0 when there are none. */
    public int offsetWidth() {
        return switch (kind) {
            case BINARY, UTF8, LIST, MAP -> Integer.BYTES;
            case LARGE_BINARY, LARGE_UTF8, LARGE_LIST -> Long.BYTES;
            default -> 0;
        };
    }
}
