package io.lakeport.app.guard;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places for exchanges, per tenant and API family. The family counts because an exchange may need a token while it
 * holds its own place: with one pool for both, exchanges could wait for each other for ever.
 *
 * <p>A plain semaphore and not Resilience4j's bulkhead, whose longest wait is fixed: here the caller's deadline bounds
 * it.
 */
final class Bulkheads {
    private record Key(String tenant, String family) {}

    private final int places;
    private final Map<Key, Semaphore> semaphores = new ConcurrentHashMap<>();

    Bulkheads(int places) {
        this.places = places;
    }

    /** Takes a place; the caller gives it back with {@link Semaphore#release()}. */
    Semaphore enter(GuardedCall call) {
        Semaphore semaphore =
                semaphores.computeIfAbsent(new Key(call.tenant(), call.family()), key -> new Semaphore(places, true));
        if (semaphore.tryAcquire()) {
            return semaphore;
        }
        try {
            if (semaphore.tryAcquire(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return semaphore;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(
                    CoreError.INTERRUPTED, call.name() + " was interrupted while it waited for a place", e);
        }
        throw new LakeportException(
                CoreError.DEADLINE_EXCEEDED,
                call.name() + ": all " + places + " places of tenant '" + call.tenant() + "' for '" + call.family()
                        + "' were taken until the deadline; run less at once or raise guards.max_concurrent");
    }
}
