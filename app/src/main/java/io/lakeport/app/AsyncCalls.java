package io.lakeport.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Runs blocking calls on threads of their own, for the asynchronous form of each. Idle threads end by themselves. */
final class AsyncCalls implements AutoCloseable {
    private final AtomicLong number = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lakeport-async-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    <T> CompletionStage<T> call(Supplier<T> blocking) {
        return CompletableFuture.supplyAsync(blocking, threads);
    }

    /** Runs a task of its own; throws RejectedExecutionException after {@link #close}. */
    void run(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
