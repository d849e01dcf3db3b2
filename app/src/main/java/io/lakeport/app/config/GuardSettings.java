package io.lakeport.app.config;

import io.lakeport.core.query.WarehouseContext;
import java.time.Duration;
import java.util.Map;

/**
 * Limits around every exchange with a remote system.
 *
 * @param maxConcurrent exchanges of one tenant and API family at once; positive
 * @param ratePerSecond exchanges per second of one workspace, by API family; a family that is absent has no limit
 * @param retry how failed exchanges are repeated
 * @param circuit when a workspace is left alone for a while
 */
public record GuardSettings(int maxConcurrent, Map<String, Integer> ratePerSecond, Retry retry, Circuit circuit) {
    /**
     * How failed exchanges are repeated.
     *
     * @param maxAttempts tries altogether; 1 means no repetition
     * @param initialBackoff wait before the second try, before jitter
     * @param maxBackoff longest wait of our own choosing
     * @param maxRetryAfter longest wait that the other side may ask for; a longer one is cut to this
     * @param lookup how long a statement whose answer was lost is looked for, because it is never posted again; positive
     */
    public record Retry(
            int maxAttempts, Duration initialBackoff, Duration maxBackoff, Duration maxRetryAfter, Duration lookup) {
        public Retry {
            if (maxAttempts < 1) {
                throw new IllegalArgumentException("max_attempts must be at least 1");
            }
            if (initialBackoff.compareTo(maxBackoff) > 0) {
                throw new IllegalArgumentException("initial_backoff is longer than max_backoff");
            }
            if (lookup.isNegative() || lookup.isZero()) {
                throw new IllegalArgumentException("lookup must be positive");
            }
        }
    }

    /**
     * When a workspace is left alone.
     *
     * @param failureRatePercent share of failed exchanges that opens the circuit; 1 to 100
     * @param window how many of the latest exchanges are looked at
     * @param minimumCalls how many must have been seen before the circuit may open
     * @param openFor how long it stays open
     */
    public record Circuit(int failureRatePercent, int window, int minimumCalls, Duration openFor) {
        public Circuit {
            if (failureRatePercent < 1 || failureRatePercent > 100) {
                throw new IllegalArgumentException("failure_rate_percent must be 1 to 100");
            }
            if (window < 1 || minimumCalls < 1 || minimumCalls > window) {
                throw new IllegalArgumentException("minimum_calls must be 1 to window");
            }
        }
    }

    public GuardSettings {
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("max_concurrent must be at least 1");
        }
        ratePerSecond = Map.copyOf(ratePerSecond);
    }

    /** Returns limits that a healthy workspace never meets. */
    public static GuardSettings defaults() {
        return new GuardSettings(
                64,
                Map.of("token", 20, "rest", 30),
                new Retry(
                        5,
                        Duration.ofMillis(250),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        WarehouseContext.LOOKUP),
                new Circuit(50, 50, 20, Duration.ofSeconds(15)));
    }
}
