package io.lakeport.localworkspace.sql.unity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as statements describe them. */
final class Times {
    private static final DateTimeFormatter SQL = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** Returns the literal of a TIMESTAMP. */
    static String sql(long millis) {
        return SQL.format(Instant.ofEpochMilli(millis));
    }

    /** Returns the text that DESCRIBE gives. */
    static String text(long millis) {
        return TEXT.format(Instant.ofEpochMilli(millis));
    }
}
