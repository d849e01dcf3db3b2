package io.lakeport.localworkspace.sql.function;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Dates and times as text, with Spark's patterns. */
public final class Moments {
    private static final long MICROS = 1_000_000;
    private static final Map<String, DateTimeFormatter> FORMATS = new ConcurrentHashMap<>();
    private static final Map<String, DateTimeFormatter> PARSERS = new ConcurrentHashMap<>();

    private Moments() {}

    /** Prints a moment, in microseconds since 1970 UTC, as it is in a zone. */
    public static String format(long micros, String zone, String pattern) {
        DateTimeFormatter formatter = FORMATS.computeIfAbsent(pattern, p -> formatter(p, false));
        ZoneId id = ZoneId.of(zone, ZoneId.SHORT_IDS);
        try {
            return java.time.Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000)
                    .atZone(id)
                    .format(formatter);
        } catch (DateTimeException e) {
            throw pattern(pattern);
        }
    }

    /** Reads a moment of a zone and returns its microseconds since 1970 UTC, {@code null} when the text does not fit. */
    public static @Nullable Long parse(String text, String zone, String pattern) {
        DateTimeFormatter parser = PARSERS.computeIfAbsent(pattern, p -> formatter(p, true));
        try {
            TemporalAccessor parsed = parser.parse(text);
            ZoneId given = parsed.query(TemporalQueries.zone());
            LocalDateTime local = LocalDateTime.of(date(parsed), time(parsed));
            var instant = local.atZone(given == null ? ZoneId.of(zone, ZoneId.SHORT_IDS) : given)
                    .withZoneSameInstant(ZoneOffset.UTC)
                    .toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** Returns how many whole months lie between two moments, in microseconds since 1970. */
    public static long months(long from, long to) {
        return ChronoUnit.MONTHS.between(local(from), local(to));
    }

    private static LocalDateTime local(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC);
    }

    private static LocalDate date(TemporalAccessor parsed) {
        LocalDate whole = parsed.query(TemporalQueries.localDate());
        if (whole != null) {
            return whole;
        }
        int year = parsed.isSupported(ChronoField.YEAR) ? parsed.get(ChronoField.YEAR) : 1970;
        int month = parsed.isSupported(ChronoField.MONTH_OF_YEAR) ? parsed.get(ChronoField.MONTH_OF_YEAR) : 1;
        int day = parsed.isSupported(ChronoField.DAY_OF_MONTH) ? parsed.get(ChronoField.DAY_OF_MONTH) : 1;
        return LocalDate.of(year, month, day);
    }

    private static LocalTime time(TemporalAccessor parsed) {
        LocalTime whole = parsed.query(TemporalQueries.localTime());
        if (whole != null) {
            return whole;
        }
        int hour = parsed.isSupported(ChronoField.HOUR_OF_DAY)
                ? parsed.get(ChronoField.HOUR_OF_DAY)
                : parsed.isSupported(ChronoField.HOUR_OF_AMPM) ? parsed.get(ChronoField.HOUR_OF_AMPM) : 0;
        int minute = parsed.isSupported(ChronoField.MINUTE_OF_HOUR) ? parsed.get(ChronoField.MINUTE_OF_HOUR) : 0;
        int second = parsed.isSupported(ChronoField.SECOND_OF_MINUTE) ? parsed.get(ChronoField.SECOND_OF_MINUTE) : 0;
        return LocalTime.of(hour, minute, second);
    }

    private static DateTimeFormatter formatter(String pattern, boolean parsing) {
        check(pattern, parsing);
        try {
            DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
            builder.appendPattern(proleptic(pattern));
            return builder.toFormatter(Locale.US)
                    .withChronology(IsoChronology.INSTANCE)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw pattern(pattern);
        }
    }

    /** Years are the proleptic ones unless an era is asked for. */
    private static String proleptic(String pattern) {
        StringBuilder out = new StringBuilder();
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            out.append(c == 'y' && !quoted && pattern.indexOf('G') < 0 ? 'u' : c);
        }
        return out.toString();
    }

    private static void check(String pattern, boolean parsing) {
        String letters = pattern.replaceAll("'[^']*'", "");
        if (letters.matches(".*[YWwue].*")) {
            throw SqlErrors.of(
                    "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION",
                    "42K0B",
                    "You may get a different result due to the upgrading to Spark >= 3.0: Fail to recognize " + pattern
                            + " pattern in the DateTimeFormatter.");
        }
        if (letters.matches(".*([ABcnNp]|G{5}|M{5}|L{5}|E{5}|Q{5}|q{5}|y{7}).*")
                || parsing && letters.matches(".*[EF].*")) {
            throw pattern(pattern);
        }
    }

    private static RuntimeException pattern(String pattern) {
        return SqlErrors.of(
                "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER",
                "22007",
                "Unrecognized datetime pattern: " + pattern + ".");
    }
}
