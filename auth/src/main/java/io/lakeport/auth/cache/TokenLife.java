package io.lakeport.auth.cache;

import com.github.benmanes.caffeine.cache.Expiry;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * When a token is fresh, stale (handed out while another is fetched) or over. The figures are those of the Databricks
 * SDKs, so that Lakeport asks no more often than they do: stale from half its life or 20 minutes before its end,
 * whichever is later; over 40 seconds before its end, because a call made with it takes time as well.
 */
final class TokenLife implements Expiry<TenantId, CompletableFuture<AccessToken>> {
    private static final Duration STALE_AHEAD = Duration.ofMinutes(20);
    private static final Duration OVER_AHEAD = Duration.ofSeconds(40);

    private final Clock clock;

    TokenLife(Clock clock) {
        this.clock = clock;
    }

    boolean isStale(AccessToken token) {
        return token.expiresAt()
                .map(end -> !clock.instant().isBefore(end.minus(smaller(STALE_AHEAD, half(token, end)))))
                .orElse(false);
    }

    /** Returns whether a token must not be handed out any more. */
    boolean isOver(AccessToken token) {
        Duration left = left(token, clock.instant());
        return left.isZero() || left.isNegative();
    }

    /** Returns an instant as the cache's ticker counts it: nanoseconds since 1970. */
    static long ticks(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    private static Duration left(AccessToken token, Instant now) {
        // A token that lives shorter than the margin would never be usable; it gets a quarter of its life instead.
        return token.expiresAt()
                .map(end -> Duration.between(
                        now, end.minus(smaller(OVER_AHEAD, half(token, end).dividedBy(2)))))
                .orElse(Duration.ofDays(365));
    }

    private static Duration half(AccessToken token, Instant end) {
        Duration life = Duration.between(token.issuedAt(), end);
        return life.isNegative() ? Duration.ZERO : life.dividedBy(2);
    }

    private static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public long expireAfterCreate(TenantId tenant, CompletableFuture<AccessToken> fetch, long now) {
        // A fetch under way does not expire; when it is done the cache puts it again.
        boolean has = fetch.isDone() && !fetch.isCompletedExceptionally();
        // Counted from the cache's own now: the clock may have moved on since, and the two would not fit together.
        return has
                ? Math.max(0, left(fetch.join(), Instant.EPOCH.plusNanos(now)).toNanos())
                : Long.MAX_VALUE;
    }

    @Override
    public long expireAfterUpdate(TenantId tenant, CompletableFuture<AccessToken> fetch, long now, long current) {
        return expireAfterCreate(tenant, fetch, now);
    }

    @Override
    public long expireAfterRead(TenantId tenant, CompletableFuture<AccessToken> fetch, long now, long current) {
        return current;
    }
}
