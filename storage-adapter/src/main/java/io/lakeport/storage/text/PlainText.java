package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowType;
import io.lakeport.storage.partition.GrowingBytes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Values of flat types as text without quotes. Numbers have all their digits, times are ISO 8601 in microseconds: with
 * {@code Z} for an instant, without for a wall-clock time.
 */
public final class PlainText {
    private static final long MICROS = 1_000_000L;
    private static final long SECONDS_A_DAY = 86_400L;
    private static final int LONG_DIGITS = 18;
    private static final int MONTHS_A_YEAR = 12;

    private PlainText() {}

    /** Returns the writer of a flat type; {@code hex} says how bytes are spelled: hexadecimal or Base64. */
    public static CellText of(ArrowType type, boolean hex) {
        return switch (type.kind()) {
            case BOOL -> (out, c, row) -> out.ascii(c.bool(row) ? "true" : "false");
            case INT8 -> (out, c, row) -> out.number(c.int8(row));
            case INT16 -> (out, c, row) -> out.number(c.int16(row));
            case INT32 -> (out, c, row) -> out.number(c.int32(row));
            case INT64 -> (out, c, row) -> out.number(c.int64(row));
            case FLOAT32 -> (out, c, row) -> out.ascii(Float.toString(c.float32(row)));
            case FLOAT64 -> (out, c, row) -> out.ascii(Double.toString(c.float64(row)));
            case DECIMAL128 -> decimal(type);
            case DATE_DAY -> (out, c, row) -> date(out, c.int32(row));
            case TIMESTAMP_SECOND, TIMESTAMP_MILLI, TIMESTAMP_MICRO, TIMESTAMP_NANO -> timestamp(type);
            case INTERVAL_MONTHS -> (out, c, row) -> out.ascii(months(c.int32(row)));
            case DURATION_SECOND, DURATION_MILLI, DURATION_MICRO, DURATION_NANO, INTERVAL_DAY_MILLIS ->
                (out, c, row) -> out.ascii(duration(c, row).toString());
            case FIXED_BINARY, BINARY, LARGE_BINARY -> hex ? PlainText::hex : PlainText::base64;
            case UTF8, LARGE_UTF8 -> (out, c, row) -> Utf8Text.copy(out, c, row);
            case NULL, LIST, LARGE_LIST, MAP, STRUCT ->
                throw new IllegalArgumentException(type.kind() + " is no flat type");
        };
    }

    private static void base64(GrowingBytes out, ArrowColumn column, int row) {
        out.utf8(Base64.getEncoder().encode(column.bytes(row)));
    }

    private static void hex(GrowingBytes out, ArrowColumn column, int row) {
        out.utf8(HexFormat.of().withUpperCase().formatHex(column.bytes(row)).getBytes(StandardCharsets.US_ASCII));
    }

    private static CellText decimal(ArrowType type) {
        int scale = type.scale();
        if (type.precision() > LONG_DIGITS) {
            return (out, c, row) -> {
                BigDecimal value = c.decimal(row);
                out.ascii(value.toPlainString());
            };
        }
        long one = 1;
        for (int i = 0; i < scale; i++) {
            one *= 10;
        }
        long unit = one;
        return (out, c, row) -> decimal(out, c.decimalLow(row), unit, scale);
    }

    private static void decimal(GrowingBytes out, long unscaled, long unit, int scale) {
        if (scale == 0) {
            out.number(unscaled);
            return;
        }
        if (unscaled < 0 && unscaled > -unit) {
            // The whole part is zero and would lose the sign.
            out.add('-');
        }
        out.number(unscaled / unit).add('.').padded(unscaled % unit, scale);
    }

    private static void date(GrowingBytes out, long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        int year = date.getYear();
        if (year < 0 || year > 9999) {
            out.ascii(date.toString());
            return;
        }
        out.padded(year, 4).add('-').padded(date.getMonthValue(), 2).add('-').padded(date.getDayOfMonth(), 2);
    }

    private static CellText timestamp(ArrowType type) {
        boolean instant = !type.zone().isEmpty();
        return (out, c, row) -> {
            timestamp(out, micros(type.kind(), c.int64(row)));
            if (instant) {
                out.add('Z');
            }
        };
    }

    private static long micros(ArrowType.Kind unit, long value) {
        return switch (unit) {
            case TIMESTAMP_SECOND -> Math.multiplyExact(value, MICROS);
            case TIMESTAMP_MILLI -> Math.multiplyExact(value, 1000L);
            case TIMESTAMP_NANO -> Math.floorDiv(value, 1000L);
            default -> value;
        };
    }

    private static void timestamp(GrowingBytes out, long micros) {
        long seconds = Math.floorDiv(micros, MICROS);
        long fraction = Math.floorMod(micros, MICROS);
        int ofDay = (int) Math.floorMod(seconds, SECONDS_A_DAY);
        date(out, Math.floorDiv(seconds, SECONDS_A_DAY));
        out.add('T').padded(ofDay / 3600, 2).add(':').padded(ofDay / 60 % 60, 2);
        out.add(':').padded(ofDay % 60, 2);
        if (fraction != 0) {
            out.add('.').padded(fraction, 6);
        }
    }

    private static String months(int months) {
        return Period.of(months / MONTHS_A_YEAR, months % MONTHS_A_YEAR, 0).toString();
    }

    private static Duration duration(ArrowColumn column, int row) {
        return switch (column.field().type().kind()) {
            case INTERVAL_DAY_MILLIS -> Duration.ofDays(column.int32(2 * row)).plusMillis(column.int32(2 * row + 1));
            case DURATION_SECOND -> Duration.ofSeconds(column.int64(row));
            case DURATION_MILLI -> Duration.ofMillis(column.int64(row));
            case DURATION_NANO -> Duration.ofNanos(column.int64(row));
            default -> {
                long micros = column.int64(row);
                yield Duration.ofSeconds(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
            }
        };
    }
}
