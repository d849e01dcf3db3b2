package io.lakeport.app.guard;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places for exchanges, per tenant and API family. The family counts because an exchange may need a token while it
 * holds its own place: with one pool for both, exchanges could wait for each other for ever. A tenant that makes no call
 * has none, so that ten thousand of them cost nothing.
 *
 * <p>A plain semaphore and not Resilience4j's bulkhead, whose longest wait is fixed: here the caller's deadline bounds
 * it.
 */
final class Bulkheads {
    private record Key(String tenant, String family) {}

    private final int places;
    private final Map<Key, Pool> pools = new ConcurrentHashMap<>();

    Bulkheads(int places) {
        this.places = places;
    }

    /** The places of one key, and how many callers hold or want one. */
    private static final class Pool {
        private final Semaphore semaphore;
        private int callers;

        Pool(int places) {
            this.semaphore = new Semaphore(places, true);
        }
    }

    /** A place that is held until it is given back. */
    final class Place {
        private final Key key;
        private final Pool pool;

        private Place(Key key, Pool pool) {
            this.key = key;
            this.pool = pool;
        }

        void release() {
            pool.semaphore.release();
            leave(key);
        }
    }

    /** Takes a place; the caller gives it back with {@link Place#release()}. */
    Place enter(GuardedCall call) {
        Key key = new Key(call.tenant(), call.family());
        // Counted in the mapping, so that a pool is never removed between being found and being used.
        Pool pool = Objects.requireNonNull(pools.compute(key, (unused, known) -> {
            Pool counted = known == null ? new Pool(places) : known;
            counted.callers++;
            return counted;
        }));
        boolean entered = false;
        try {
            entered = pool.semaphore.tryAcquire()
                    || pool.semaphore.tryAcquire(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(
                    CoreError.INTERRUPTED, call.name() + " was interrupted while it waited for a place", e);
        } finally {
            if (!entered) {
                leave(key);
            }
        }
        if (!entered) {
            throw new LakeportException(
                    CoreError.DEADLINE_EXCEEDED,
                    call.name() + ": all " + places + " places of tenant '" + call.tenant() + "' for '" + call.family()
                            + "' were taken until the deadline; run less at once or raise guards.max_concurrent");
        }
        return new Place(key, pool);
    }

    private void leave(Key key) {
        pools.computeIfPresent(key, (unused, pool) -> --pool.callers == 0 ? null : pool);
    }

    /** Returns how many tenants and families have calls now. */
    int size() {
        return pools.size();
    }
}
