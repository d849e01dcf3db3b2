package io.lakeport.core.export.request;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How an export finds what is new since its last run.
 *
 * @param watermark column that says when a row was added or last changed; may be empty when only the change data feed is
 *     used
 * @param settle how far a window stays behind the workspace's clock, so that transactions still open at its end are not
 *     missed; not negative; used for timestamps only
 * @param lookBack how far a window reaches back behind the end of the last one, for rows that arrive late with an old
 *     stamp; not negative. Rows seen before come again: the target must tell them apart by key, or replace partitions
 * @param feed whether the table's change data feed is used
 * @param appendOnly declares that rows are never changed, so that a column of the time of insertion suffices
 */
public record Increment(
        Optional<String> watermark, Duration settle, Duration lookBack, FeedUse feed, boolean appendOnly) {
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
        return new Increment(Optional.of(column), Duration.ZERO, Duration.ZERO, FeedUse.NEVER, false);
    }

    /** Returns the increment by the change data feed alone. */
    public static Increment byFeed() {
        return new Increment(Optional.empty(), Duration.ZERO, Duration.ZERO, FeedUse.REQUIRE, false);
    }

    /** Returns this increment with windows that end this long before now. */
    public Increment settling(Duration time) {
        return new Increment(watermark, time, lookBack, feed, appendOnly);
    }

    /** Returns this increment with windows that reach back this far. */
    public Increment lookingBack(Duration time) {
        return new Increment(watermark, settle, time, feed, appendOnly);
    }
}
