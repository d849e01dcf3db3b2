package io.lakeport.app.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them. */
public final class Quantity {
    private static final Pattern NUMBER_UNIT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");
    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZES = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);

    private Quantity() {}

    /**
     * Parses {@code 30s}, {@code 5m}, {@code 500ms}, {@code 2h}, {@code 1d} or ISO-8601 such as {@code PT5M}.
     *
     * @throws IllegalArgumentException when it is neither, or not positive
     */
    public static Duration duration(String text) {
        Duration parsed = parseDuration(text.strip());
        if (parsed.isZero() || parsed.isNegative()) {
            throw new IllegalArgumentException("the duration '" + text + "' is not positive");
        }
        return parsed;
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = NUMBER_UNIT.matcher(text);
        if (matcher.matches() && TIMES.containsKey(matcher.group(2))) {
            return TIMES.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration; write for example 30s, 5m, 2h or PT5M", e);
        }
    }

    /**
     * Parses {@code 256MiB}, {@code 64MB} or a number of bytes.
     *
     * @throws IllegalArgumentException when it is neither, or not positive
     */
    public static long bytes(String text) {
        Matcher matcher = NUMBER_UNIT.matcher(text.strip());
        Long unit = matcher.matches() ? SIZES.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write for example 256MiB or 64MB");
        }
        long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        if (bytes <= 0) {
            throw new IllegalArgumentException("the size '" + text + "' is not positive");
        }
        return bytes;
    }
}
