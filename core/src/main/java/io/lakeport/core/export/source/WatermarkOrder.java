package io.lakeport.core.export.source;

import io.lakeport.core.sql.SqlType;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How the values of a watermark are ordered and moved; literals are written as parameters of {@link #parameter} take them. */
enum WatermarkOrder {
    /** A moment, whatever zone a session has. */
    INSTANT,
    /** What a clock on a wall showed. */
    WALL_CLOCK,
    DAY,
    NUMBER;

    /** Returns how a type is ordered, empty when it cannot bound windows. */
    static Optional<WatermarkOrder> of(SqlType type) {
        return switch (type.kind()) {
            case TIMESTAMP -> Optional.of(INSTANT);
            case TIMESTAMP_NTZ -> Optional.of(WALL_CLOCK);
            case DATE -> Optional.of(DAY);
            case TINYINT, SMALLINT, INT, BIGINT -> Optional.of(NUMBER);
            case DECIMAL -> type.scale() == 0 ? Optional.of(NUMBER) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Returns the type of a bound: one above the greatest number of a type is no longer of that type. */
    SqlType parameter(SqlType column, String bound) {
        if (this != NUMBER) {
            return column;
        }
        return new BigInteger(bound).bitLength() < Long.SIZE ? SqlType.of(SqlType.Kind.BIGINT) : SqlType.decimal(38, 0);
    }

    int compare(String a, String b) {
        return switch (this) {
            case INSTANT -> Instant.parse(a).compareTo(Instant.parse(b));
            case WALL_CLOCK -> LocalDateTime.parse(a).compareTo(LocalDateTime.parse(b));
            case DAY -> LocalDate.parse(a).compareTo(LocalDate.parse(b));
            case NUMBER -> new BigInteger(a).compareTo(new BigInteger(b));
        };
    }

    /**
     * Returns the bound that lies this long before another.
     *
     * @throws UnsupportedOperationException for a number, which no time can be taken from
     */
    String back(String bound, Duration time) {
        return switch (this) {
            case INSTANT -> Instant.parse(bound).minus(time).toString();
            case WALL_CLOCK -> text(LocalDateTime.parse(bound).minus(time));
            case DAY -> LocalDate.parse(bound).minusDays(days(time)).toString();
            case NUMBER -> throw new UnsupportedOperationException("a number has no time");
        };
    }

    /** Returns a wall clock's time as a literal, seconds included. */
    static String text(LocalDateTime time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }

    private static long days(Duration time) {
        return time.toDays() + (time.equals(Duration.ofDays(time.toDays())) ? 0 : 1);
    }
}
