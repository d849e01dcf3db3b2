package io.lakeport.localworkspace.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The Retry-After header of an answer.
 *
 * @param after how long the client is asked to wait; whole seconds
 * @param asDate whether it is written as an HTTP date instead of seconds
 */
public record RetryAfter(Duration after, boolean asDate) {
    /** RFC 9110 wants two digits for the day, which the JDK's own RFC 1123 format does not write. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT);

    public RetryAfter {
        if (after.isNegative()) {
            throw new IllegalArgumentException("Retry-After cannot be negative, but is " + after);
        }
    }

    /** Returns a header in seconds. */
    public static RetryAfter seconds(long seconds) {
        return new RetryAfter(Duration.ofSeconds(seconds), false);
    }

    /** Returns a header with the date so many seconds from the answer. */
    public static RetryAfter dateIn(long seconds) {
        return new RetryAfter(Duration.ofSeconds(seconds), true);
    }

    String text(Clock clock) {
        return asDate
                ? HTTP_DATE.format(clock.instant().plus(after).atZone(ZoneOffset.UTC))
                : String.valueOf(after.toSeconds());
    }
}
