package io.lakeport.core.arrow;

import io.lakeport.core.query.StructValue;
import io.lakeport.core.sql.SqlType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns values of Arrow columns into Java objects. */
final class ArrowValues {
    private static final long MICROS = 1_000_000;
    private static final int MONTHS_A_YEAR = 12;

    private ArrowValues() {}

    static @Nullable Object object(ArrowColumn column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.field().type().kind()) {
            case NULL -> null;
            case BOOL -> column.bool(row);
            case INT8 -> column.int8(row);
            case INT16 -> column.int16(row);
            case INT32 -> column.int32(row);
            case INT64 -> column.int64(row);
            case FLOAT32 -> column.float32(row);
            case FLOAT64 -> column.float64(row);
            case DECIMAL128 -> column.decimal(row);
            case DATE_DAY -> LocalDate.ofEpochDay(column.int32(row));
            case TIMESTAMP_SECOND, TIMESTAMP_MILLI, TIMESTAMP_MICRO, TIMESTAMP_NANO ->
                column.field().type().zone().isEmpty() ? timestampNtz(column, row) : timestamp(column, row);
            case INTERVAL_MONTHS -> months(column.int32(row));
            case INTERVAL_DAY_MILLIS, DURATION_SECOND, DURATION_MILLI, DURATION_MICRO, DURATION_NANO ->
                duration(column, row);
            case FIXED_BINARY, BINARY, LARGE_BINARY -> column.bytes(row);
            case UTF8, LARGE_UTF8 -> column.text(row);
            case LIST, LARGE_LIST -> list(column, row);
            case MAP -> map(column, row);
            case STRUCT -> struct(column, row);
        };
    }

    static Instant timestamp(ArrowColumn column, int row) {
        long value = column.int64(row);
        return switch (column.field().type().kind()) {
            case TIMESTAMP_SECOND -> Instant.ofEpochSecond(value);
            case TIMESTAMP_MILLI -> Instant.ofEpochMilli(value);
            case TIMESTAMP_MICRO ->
                Instant.ofEpochSecond(Math.floorDiv(value, MICROS), Math.floorMod(value, MICROS) * 1000);
            default -> Instant.ofEpochSecond(Math.floorDiv(value, MICROS * 1000), Math.floorMod(value, MICROS * 1000));
        };
    }

    static LocalDateTime timestampNtz(ArrowColumn column, int row) {
        return LocalDateTime.ofInstant(timestamp(column, row), ZoneOffset.UTC);
    }

    static Period months(int months) {
        return Period.of(months / MONTHS_A_YEAR, months % MONTHS_A_YEAR, 0);
    }

    static Duration duration(ArrowColumn column, int row) {
        return switch (column.field().type().kind()) {
            case INTERVAL_DAY_MILLIS -> Duration.ofDays(column.int32(2 * row)).plusMillis(column.int32(2 * row + 1));
            case DURATION_SECOND -> Duration.ofSeconds(column.int64(row));
            case DURATION_MILLI -> Duration.ofMillis(column.int64(row));
            case DURATION_MICRO -> micros(column.int64(row));
            default -> Duration.ofNanos(column.int64(row));
        };
    }

    private static Duration micros(long value) {
        return Duration.ofSeconds(Math.floorDiv(value, MICROS), Math.floorMod(value, MICROS) * 1000);
    }

    private static List<@Nullable Object> list(ArrowColumn column, int row) {
        ArrowColumn elements = column.children().get(0);
        int end = column.end(row);
        List<@Nullable Object> values = new ArrayList<>(end - column.start(row));
        for (int i = column.start(row); i < end; i++) {
            values.add(object(elements, i));
        }
        return Collections.unmodifiableList(values);
    }

    private static Map<Object, @Nullable Object> map(ArrowColumn column, int row) {
        ArrowColumn entries = column.children().get(0);
        if (entries.children().size() != 2) {
            throw new ArrowFormatException("map '" + column.field().name() + "' has entries without key and value");
        }
        int end = column.end(row);
        Map<Object, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = column.start(row); i < end; i++) {
            Object key = object(entries.children().get(0), i);
            if (key == null) {
                throw new ArrowFormatException("map '" + column.field().name() + "' has a NULL key");
            }
            values.put(key, object(entries.children().get(1), i));
        }
        return Collections.unmodifiableMap(values);
    }

    private static StructValue struct(ArrowColumn column, int row) {
        List<String> names = new ArrayList<>(column.children().size());
        List<@Nullable Object> values = new ArrayList<>(column.children().size());
        for (ArrowColumn child : column.children()) {
            names.add(child.field().name());
            values.add(object(child, row));
        }
        return new StructValue(names, values);
    }

    /** Returns a decimal or integer as a decimal, null when the column holds neither. */
    static @Nullable BigDecimal decimal(ArrowColumn column, int row) {
        return switch (column.field().type().kind()) {
            case DECIMAL128 -> column.decimal(row);
            case INT8 -> BigDecimal.valueOf(column.int8(row));
            case INT16 -> BigDecimal.valueOf(column.int16(row));
            case INT32 -> BigDecimal.valueOf(column.int32(row));
            case INT64 -> BigDecimal.valueOf(column.int64(row));
            default -> null;
        };
    }

    /** Returns the getter that fits a type, for errors. */
    static String getterFor(SqlType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "getBoolean";
            case TINYINT, SMALLINT, INT -> "getInt";
            case BIGINT -> "getLong";
            case FLOAT, DOUBLE -> "getDouble";
            case DECIMAL -> "getDecimal";
            case BINARY -> "getBytes";
            case DATE -> "getDate";
            case TIMESTAMP -> "getTimestamp";
            case TIMESTAMP_NTZ -> "getTimestampNtz";
            case INTERVAL_YEAR_MONTH -> "getYearMonthInterval";
            case INTERVAL_DAY_TIME -> "getDayTimeInterval";
            case STRING, VARIANT, OTHER -> "getString";
            case ARRAY, MAP, STRUCT, VOID -> "getObject";
        };
    }
}
