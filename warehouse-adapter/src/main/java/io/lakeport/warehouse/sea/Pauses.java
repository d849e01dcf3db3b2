package io.lakeport.warehouse.sea;

import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Waits between polls: growing, capped, and jittered so that many statements do not poll in step. A wait ends early
 * when the warehouse is closed. Confined to one thread.
 */
final class Pauses {
    private static final double GROWTH = 1.5;
    private static final double JITTER = 0.2;

    private final CountDownLatch closing;
    private final double most;
    private double next;

    Pauses(SeaLimits limits, CountDownLatch closing) {
        this.closing = closing;
        this.next = limits.firstPoll().toNanos();
        this.most = limits.slowestPoll().toNanos();
    }

    /** Waits, but not beyond the deadline. Returns whether the warehouse is being closed. */
    boolean pause(Deadline deadline) throws InterruptedException {
        double jittered = next * (1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1));
        next = Math.min(most, next * GROWTH);
        Duration left = deadline.remaining();
        return closing.await(Math.min((long) jittered, left.toNanos()), TimeUnit.NANOSECONDS);
    }
}
