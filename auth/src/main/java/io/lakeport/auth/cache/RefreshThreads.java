package io.lakeport.auth.cache;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that fetch tokens. A fetch has a deadline of its own, because it serves every caller that waits for it:
 * the first caller may have little time, the next one more.
 */
final class RefreshThreads implements AutoCloseable {
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(60);
    private static final int THREADS = 16;
    private static final int WAITING = 10_000;
    private static final int IDLE_SECONDS = 5;

    private final AtomicInteger number = new AtomicInteger();
    private final Set<CompletableFuture<AccessToken>> pending = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor executor;

    RefreshThreads() {
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "lakeport-token-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Begins a fetch; the answer is complete in at most a minute from the time a thread takes it up. */
    CompletableFuture<AccessToken> fetch(TokenSource origin) {
        CompletableFuture<AccessToken> result = new CompletableFuture<>();
        pending.add(result);
        try {
            executor.execute(() -> run(origin, result));
        } catch (RejectedExecutionException e) {
            pending.remove(result);
            result.completeExceptionally(executor.isShutdown() ? closed() : overloaded(e));
        }
        return result;
    }

    private void run(TokenSource origin, CompletableFuture<AccessToken> result) {
        try {
            result.complete(origin.token(Deadline.after(LONGEST_FETCH)));
        } catch (Throwable e) {
            // An Error as well: whoever waits must not wait for ever.
            result.completeExceptionally(e);
        } finally {
            pending.remove(result);
        }
    }

    static LakeportException closed() {
        return new LakeportException(
                CoreError.INTERRUPTED, "the token cache was closed; open Lakeport again to get tokens");
    }

    private static LakeportException overloaded(RejectedExecutionException cause) {
        return new LakeportException(
                CoreError.SERVICE_UNAVAILABLE, WAITING + " token requests wait already; ask again later", cause);
    }

    /** Interrupts what is being fetched and fails what waits; idempotent. */
    @Override
    public void close() {
        executor.shutdownNow();
        pending.forEach(result -> result.completeExceptionally(closed()));
        pending.clear();
    }
}
