package io.lakeport.app.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.lakeport.core.tenant.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The results there are. Caffeine tells which are too old and which were asked for least; {@link CacheRoom} has the last
 * word on bytes, because Caffeine drops what is too much a moment after it came. Thread-safe.
 */
final class ResultStore {
    private final CacheRoom room;
    private final CacheCounts counts;
    private final Cache<CacheKey, CachedResult> results;

    ResultStore(CacheRoom room, CacheCounts counts, LongSupplier nanoClock) {
        this.room = room;
        this.counts = counts;
        this.results = Caffeine.newBuilder()
                .maximumWeight(Math.max(1, room.capacity()))
                .weigher((CacheKey key, CachedResult result) -> (int) Math.min(Integer.MAX_VALUE, result.weight()))
                .expireAfter(
                        Expiry.creating((CacheKey key, CachedResult result) -> Duration.ofNanos(result.maxAgeNanos())))
                .ticker(nanoClock::getAsLong)
                .executor(Runnable::run)
                .removalListener(this::removed)
                .build();
    }

    private void removed(@Nullable CacheKey key, @Nullable CachedResult result, RemovalCause cause) {
        if (result != null) {
            counts.count(result.key().tenant().id(), CacheCounts.Event.EVICTED);
            result.rows().release();
        }
    }

    /** Returns the result, held for the caller, who lets its rows go. */
    Optional<CachedResult> find(CacheKey key) {
        return Optional.ofNullable(results.getIfPresent(key))
                .filter(result -> result.rows().hold());
    }

    /** Keeps a result; its rows were held for this. */
    void keep(CachedResult result) {
        results.put(result.key(), result);
    }

    void drop(CacheKey key) {
        results.invalidate(key);
    }

    void drop(CachedResult result) {
        results.asMap().remove(result.key(), result);
    }

    /** Takes room, and drops the results that were asked for least where there is none. */
    boolean take(TenantId tenant, long bytes) {
        if (bytes > room.largestResult()) {
            return false;
        }
        while (!room.take(tenant, bytes)) {
            results.cleanUp();
            if (room.take(tenant, bytes)) {
                return true;
            }
            Optional<CachedResult> victim = coldest(tenant, room.isOverShare(tenant, bytes));
            if (victim.isEmpty()) {
                return false;
            }
            drop(victim.get());
        }
        return true;
    }

    /** One tenant's wish drops results of others only as long as it holds less than its share. */
    private Optional<CachedResult> coldest(TenantId tenant, boolean own) {
        Policy.Eviction<CacheKey, CachedResult> order =
                results.policy().eviction().orElseThrow();
        return order.coldest(Integer.MAX_VALUE).values().stream()
                .filter(result -> !own || result.key().tenant().id().equals(tenant))
                .findFirst();
    }

    void forget(TenantId tenant) {
        Set<CacheKey> keys = results.asMap().keySet();
        keys.removeIf(key -> key.tenant().id().equals(tenant));
    }

    void clear() {
        results.invalidateAll();
        results.cleanUp();
    }

    CacheUse use(TenantId tenant) {
        results.cleanUp();
        return new CacheUse(
                counts.of(tenant, CacheCounts.Event.HIT),
                counts.of(tenant, CacheCounts.Event.MISS),
                counts.of(tenant, CacheCounts.Event.BYPASSED),
                counts.of(tenant, CacheCounts.Event.REFUSED),
                counts.of(tenant, CacheCounts.Event.EVICTED),
                results.asMap().keySet().stream()
                        .filter(key -> key.tenant().id().equals(tenant))
                        .count(),
                room.held(tenant));
    }
}
