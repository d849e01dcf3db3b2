package io.lakeport.core.time;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * An instant on a monotonic clock after which a call must have ended. Every network call has one. Immutable.
 */
public final class Deadline {
    private final long endNanos;
    private final LongSupplier nanoClock;

    private Deadline(long endNanos, LongSupplier nanoClock) {
        this.endNanos = endNanos;
        this.nanoClock = nanoClock;
    }

    /** Returns a deadline that many from now; {@code time} above about 146 years is cut to that. */
    public static Deadline after(Duration time) {
        return after(time, System::nanoTime);
    }

    /** Returns a deadline on the given clock of nanoseconds, for tests. */
    public static Deadline after(Duration time, LongSupplier nanoClock) {
        long nanos = time.compareTo(Duration.ofNanos(Long.MAX_VALUE / 2)) > 0 ? Long.MAX_VALUE / 2 : time.toNanos();
        return new Deadline(nanoClock.getAsLong() + nanos, nanoClock);
    }

    /** Returns the earlier of this deadline and one that many from now. */
    public Deadline atMost(Duration time) {
        Deadline other = after(time, nanoClock);
        return other.endNanos - endNanos < 0 ? other : this;
    }

    /** Returns what is left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - nanoClock.getAsLong()));
    }

    /** Returns whether it has passed. */
    public boolean isExpired() {
        return endNanos - nanoClock.getAsLong() <= 0;
    }

    /**
     * Fails when it has passed.
     *
     * @param what the call that was bounded, for the message
     * @throws LakeportException DEADLINE_EXCEEDED when it has passed
     */
    public void check(String what) {
        if (isExpired()) {
            throw expired(what);
        }
    }

    /** Returns the error for a call that did not end in time. */
    public static LakeportException expired(String what) {
        return new LakeportException(
                CoreError.DEADLINE_EXCEEDED,
                what + " did not end before its deadline; allow more time or ask for less");
    }
}
