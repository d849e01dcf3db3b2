package io.lakeport.core.export.request;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * How an export finds what is new since its last run.
 *
 * @param watermark column that says when a row was added or last changed; may be empty when only the change data feed is
 *     used
 * @param settle how far a window stays behind the workspace's clock, so that transactions still open at its end are not
 *     missed: the longest time between the moment a row is stamped and the moment it is committed; not negative; for
 *     dates and timestamps
 * @param lookBack how far a window reaches back behind the end of the last one, for rows that arrive late with an old
 *     stamp; not negative; for dates (whole days, rounded up) and timestamps. A merging or partition replacing export
 *     reads the rows of that time again; an appending one leaves out those that the version it read last time held
 * @param zone zone of the wall clock that a DATE or TIMESTAMP_NTZ watermark is taken from. Without it a value counts as
 *     complete only when its time is over everywhere on earth, at UTC-12. Not used for TIMESTAMP, which is an instant
 * @param feed whether the table's change data feed is used
 * @param appendOnly declares that rows are never changed, so that a column of the time of insertion suffices; and of an
 *     integer, that its greatest value never comes again, so that it need not wait for a greater one
 */
public record Increment(
        Optional<String> watermark,
        Duration settle,
        Duration lookBack,
        Optional<ZoneId> zone,
        FeedUse feed,
        boolean appendOnly) {
    /** Whether a table's change data feed is used. */
    public enum FeedUse {
        NEVER,
        /** Where the table has one; by the watermark otherwise. */
        PREFER,
        /** An error where the table has none. */
        REQUIRE
    }

    public Increment {
        Objects.requireNonNull(watermark, "watermark");
        Objects.requireNonNull(settle, "settle");
        Objects.requireNonNull(lookBack, "lookBack");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(feed, "feed");
        if (settle.isNegative()) {
            throw new IllegalArgumentException("settle time " + settle + " is negative");
        }
        if (lookBack.isNegative()) {
            throw new IllegalArgumentException("look-back " + lookBack + " is negative");
        }
        if (watermark.isEmpty() && feed != FeedUse.REQUIRE) {
            throw new IllegalArgumentException(
                    "an incremental export needs a watermark column, or a table whose change data feed is required");
        }
    }

    /** Returns the increment along a column, without settle time and look-back. */
    public static Increment along(String column) {
        return new Increment(Optional.of(column), Duration.ZERO, Duration.ZERO, Optional.empty(), FeedUse.NEVER, false);
    }

    /** Returns the increment by the change data feed alone. */
    public static Increment byFeed() {
        return new Increment(Optional.empty(), Duration.ZERO, Duration.ZERO, Optional.empty(), FeedUse.REQUIRE, false);
    }

    /** Returns this increment with windows that end this long before now. */
    public Increment settling(Duration time) {
        return new Increment(watermark, time, lookBack, zone, feed, appendOnly);
    }

    /** Returns this increment with windows that reach back this far. */
    public Increment lookingBack(Duration time) {
        return new Increment(watermark, settle, time, zone, feed, appendOnly);
    }

    /** Returns this increment with a DATE or TIMESTAMP_NTZ watermark that is taken from the wall clock of a zone. */
    public Increment inZone(ZoneId wallClock) {
        return new Increment(watermark, settle, lookBack, Optional.of(wallClock), feed, appendOnly);
    }

    /** Returns this increment with another use of the change data feed. */
    public Increment withFeed(FeedUse use) {
        return new Increment(watermark, settle, lookBack, zone, use, appendOnly);
    }

    /** Returns this increment with the declaration that rows are only ever added. */
    public Increment declaredAppendOnly() {
        return new Increment(watermark, settle, lookBack, zone, feed, true);
    }
}
