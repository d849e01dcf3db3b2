package io.lakeport.core.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a partition's value is spelled before its directory name escapes it; writers and planners must agree on it. */
public final class PartitionText {
    /** How Hive and Spark spell NULL, and the empty text. */
    public static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int MICROS_PER_SECOND = 1_000_000;

    private PartitionText() {}

    /**
     * Returns the text of a value.
     *
     * @param value a Byte, Short, Integer, Long, Boolean, String, LocalDate, Instant (in UTC), LocalDateTime or null
     */
    public static String of(@Nullable Object value) {
        String text = value == null
                ? NULL
                : value instanceof Instant instant
                        ? time(LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
                        : value instanceof LocalDateTime local ? time(local) : value.toString();
        return text.isEmpty() ? NULL : text;
    }

    private static String time(LocalDateTime time) {
        int micros = time.get(ChronoField.MICRO_OF_SECOND) % MICROS_PER_SECOND;
        String seconds = SECONDS.format(time);
        return micros == 0
                ? seconds
                : seconds + String.format(Locale.ROOT, ".%06d", micros).replaceAll("0+$", "");
    }
}
