package io.lakeport.auth.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenCache;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens by tenant. Caffeine keeps one future for each tenant, so whoever comes while a fetch is under way waits for
 * the same one; a future that failed is dropped, so that a failure is not remembered. (Caffeine's own asynchronous
 * cache would log every failure, which here is thrown to the caller already.)
 */
final class CaffeineTokenCache implements TokenCache {
    private static final Logger LOG = LoggerFactory.getLogger(CaffeineTokenCache.class);
    private static final Duration BACK_OFF = Duration.ofMinutes(1);

    private final Clock clock;
    private final TokenLife life;
    private final RefreshThreads threads = new RefreshThreads();
    private final Cache<TenantId, CompletableFuture<AccessToken>> tokens;

    /** For a tenant whose token is being refreshed ahead, or could not be: not before when to try again. */
    private final Map<TenantId, Instant> notBefore = new ConcurrentHashMap<>();

    private volatile boolean closed;

    CaffeineTokenCache(Clock clock) {
        this.clock = clock;
        this.life = new TokenLife(clock);
        this.tokens = Caffeine.newBuilder()
                .expireAfter(life)
                .ticker(() -> TokenLife.ticks(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public TokenSource cached(TenantId tenant, TokenSource origin) {
        return new TokenSource() {
            @Override
            public AccessToken token(Deadline deadline) {
                return get(tenant, origin, deadline);
            }

            @Override
            public void reject(AccessToken refused) {
                drop(tenant, refused);
            }
        };
    }

    private AccessToken get(TenantId tenant, TokenSource origin, Deadline deadline) {
        if (closed) {
            throw RefreshThreads.closed();
        }
        CompletableFuture<AccessToken> future = current(tenant, origin);
        AccessToken token = await(tenant, future, deadline);
        if (life.isOver(token)) {
            // The entry gets its time to live just after the fetch has ended, and a caller may come between the two.
            // Whether it is removed here or by its time, what is current now is another.
            boolean unused = tokens.asMap().remove(tenant, future);
            future = current(tenant, origin);
            token = await(tenant, future, deadline);
        }
        if (life.isStale(token)) {
            refreshAhead(tenant, origin, future);
        }
        return token;
    }

    private CompletableFuture<AccessToken> current(TenantId tenant, TokenSource origin) {
        boolean[] created = new boolean[1];
        CompletableFuture<AccessToken> future = tokens.get(tenant, key -> {
            created[0] = true;
            return threads.fetch(origin);
        });
        if (!created[0] && future.isCompletedExceptionally()) {
            // It failed a moment ago and is about to be dropped; a new caller must not inherit the failure.
            tokens.asMap().remove(tenant, future);
            return current(tenant, origin);
        }
        if (created[0]) {
            // Not inside the mapping: a fetch that is refused at once would touch its own entry there.
            future.whenComplete((token, failure) -> settle(tenant, future, failure == null));
        }
        return future;
    }

    /** Gives a token its time to live, or drops what failed. */
    private void settle(TenantId tenant, CompletableFuture<AccessToken> future, boolean good) {
        // The answer is not needed: whoever forgot the tenant meanwhile has taken the entry away.
        boolean unused = good
                ? tokens.asMap().replace(tenant, future, future)
                : tokens.asMap().remove(tenant, future);
    }

    private static AccessToken await(TenantId tenant, CompletableFuture<AccessToken> future, Deadline deadline) {
        String what = "waiting for the token of tenant '" + tenant + "'";
        try {
            return future.isDone()
                    ? future.get()
                    : future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // The fetch goes on: others may wait for it with more time.
            throw Deadline.expired(what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, what + " was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(tenant, e.getCause());
        }
    }

    /** Each waiting caller gets an exception of its own: a shared one would collect everyone's suppressed errors. */
    private static LakeportException failure(TenantId tenant, @Nullable Throwable cause) {
        if (cause instanceof LakeportException known) {
            return known.with("tenant", tenant.value());
        }
        return new LakeportException(
                        CoreError.INTERNAL, "the token source of tenant '" + tenant + "' failed unexpectedly", cause)
                .with("tenant", tenant.value());
    }

    private void refreshAhead(TenantId tenant, TokenSource origin, CompletableFuture<AccessToken> old) {
        Instant now = clock.instant();
        boolean[] mine = new boolean[1];
        notBefore.compute(tenant, (key, until) -> {
            // A caller that took the old token just before it was replaced comes too late to ask for another.
            boolean current = tokens.getIfPresent(tenant) == old;
            mine[0] = current && (until == null || !now.isBefore(until));
            return mine[0] ? Instant.MAX : until;
        });
        if (!mine[0]) {
            return;
        }
        CompletableFuture<AccessToken> fetch = threads.fetch(origin);
        fetch.whenComplete((fresh, failure) -> {
            if (failure == null) {
                // Replaces only what it was meant to replace: the tenant may have been forgotten since.
                tokens.asMap().replace(tenant, old, CompletableFuture.completedFuture(fresh));
                notBefore.remove(tenant);
            } else {
                notBefore.put(tenant, clock.instant().plus(BACK_OFF));
                if (!closed) {
                    LOG.warn(
                            "The token of tenant '{}' could not be refreshed ahead of its end; the old one is used"
                                    + " until then: {}",
                            tenant,
                            failure.toString());
                }
            }
        });
    }

    private void drop(TenantId tenant, AccessToken refused) {
        CompletableFuture<AccessToken> current = tokens.getIfPresent(tenant);
        if (current != null
                && current.isDone()
                && !current.isCompletedExceptionally()
                && current.join().value().sameValueAs(refused.value())) {
            tokens.asMap().remove(tenant, current);
        }
    }

    @Override
    public void forget(TenantId tenant) {
        tokens.asMap().remove(tenant);
        notBefore.remove(tenant);
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
        tokens.invalidateAll();
    }
}
