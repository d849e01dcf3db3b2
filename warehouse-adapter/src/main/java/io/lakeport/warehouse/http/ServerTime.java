package io.lakeport.warehouse.http;

import io.lakeport.core.time.Deadline;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The moment at which an answer was given. Two clocks that need not agree meet in an expiry: the server names an instant
 * and we compare it. So what is kept is how long it is until then, by the server's own Date header, and it is counted on
 * the monotonic clock, which nobody sets. Immutable.
 */
public final class ServerTime {
    private static final Duration FOREVER = Duration.ofDays(365);

    private final Instant now;
    private final boolean isServers;

    private ServerTime(Instant now, boolean isServers) {
        this.now = now;
        this.isServers = isServers;
    }

    /** Reads the Date header of an answer that has just arrived; our own clock stands in where there is none. */
    public static ServerTime of(HttpHeaders headers, Clock ours) {
        return date(headers).map(date -> new ServerTime(date, true)).orElseGet(() -> of(ours));
    }

    /** Returns our own time. */
    public static ServerTime of(Clock ours) {
        return new ServerTime(ours.instant(), false);
    }

    private static Optional<Instant> date(HttpHeaders headers) {
        try {
            return headers.firstValue("Date")
                    .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                    .map(Instant::from);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns when an instant of the server's clock will have come. One that lies in the past by our clock alone says
     * that our clock is wrong, because nothing is handed out expired: it then lies far ahead.
     */
    public Deadline until(Instant then) {
        Duration left = Duration.between(now, then);
        if (left.isNegative() || left.isZero()) {
            return Deadline.after(isServers ? Duration.ZERO : FOREVER);
        }
        return Deadline.after(left);
    }
}
