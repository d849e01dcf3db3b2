package io.lakeport.app.guard;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often a workspace is called, per API family. */
final class RateLimits {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private record Key(String workspace, String family) {}

    private final Map<String, Integer> perSecond;
    private final Map<Key, RateLimiter> limiters = new ConcurrentHashMap<>();

    RateLimits(Map<String, Integer> perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Reserves a turn.
     *
     * @return how long to wait for it
     * @throws LakeportException RESOURCE_EXHAUSTED when it would come after the deadline
     */
    Duration reserve(GuardedCall call) {
        Integer limit = perSecond.get(call.family());
        if (limit == null) {
            return Duration.ZERO;
        }
        RateLimiter limiter = limiters.computeIfAbsent(
                new Key(call.workspace(), call.family()), key -> RateLimiter.of(key.toString(), config(limit)));
        long nanos = limiter.reservePermission();
        if (nanos < 0 || nanos > call.deadline().remaining().toNanos()) {
            throw new LakeportException(
                    CoreError.RATE_LIMITED,
                    call.name() + ": " + call.workspace() + " is called more than " + limit + " times a second for '"
                            + call.family() + "', and the next turn comes after the deadline; slow down or raise"
                            + " guards.rate_per_second");
        }
        return Duration.ofNanos(nanos);
    }

    private static RateLimiterConfig config(int limit) {
        return RateLimiterConfig.custom()
                .limitForPeriod(limit)
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(LONGEST_WAIT)
                .build();
    }
}
