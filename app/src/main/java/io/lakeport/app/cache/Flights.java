package io.lakeport.app.cache;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Equal statements that are under way: the first runs, the others wait for what comes of it. Thread-safe. */
final class Flights {
    /** What those who waited do then. */
    enum Landing {
        /** Look again: the result is there, or who ran gave up and somebody else may begin. */
        LOOK_AGAIN,
        /** Run their own: the result could not be kept, or failed, which each has to be told by the server. */
        RUN_ALONE
    }

    private final Map<CacheKey, CompletableFuture<Landing>> flights = new ConcurrentHashMap<>();

    /** Returns what came of the one under way, null when there is none. Waits for it no longer than the deadline. */
    @Nullable
    Landing await(CacheKey key, Deadline deadline) {
        CompletableFuture<Landing> flight = flights.get(key);
        if (flight == null) {
            return null;
        }
        try {
            return flight.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw Deadline.expired("waiting for an equal statement that is under way");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "interrupted while waiting for an equal statement", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a flight never ends with a failure", e);
        }
    }

    /** Returns whether the caller is the first; it must {@link #end} then. */
    boolean begin(CacheKey key) {
        return flights.putIfAbsent(key, new CompletableFuture<>()) == null;
    }

    void end(CacheKey key, Landing landing) {
        CompletableFuture<Landing> flight = flights.remove(key);
        if (flight != null) {
            flight.complete(landing);
        }
    }
}
