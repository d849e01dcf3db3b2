package io.lakeport.localworkspace.statement;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of the statement service: some run statements, few encode chunks, one tidies up. */
final class StatementThreads implements AutoCloseable {
    private static final int ENCODERS = 2;
    private static final int END_SECONDS = 10;
    /** Parsing and translating recurse as deep as a statement nests; beyond this it is too complex. */
    private static final long STACK_BYTES = 8L << 20;

    private final ThreadPoolExecutor runners;
    private final ExecutorService encoders;
    private final ScheduledExecutorService tidier;

    StatementThreads(int concurrency, int queueCapacity) {
        runners = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queueCapacity),
                named("local-workspace-statement", STACK_BYTES));
        runners.allowCoreThreadTimeOut(true);
        encoders = Executors.newFixedThreadPool(ENCODERS, named("local-workspace-encoder"));
        tidier = Executors.newSingleThreadScheduledExecutor(named("local-workspace-tidier"));
    }

    private static ThreadFactory named(String name) {
        return named(name, 0);
    }

    private static ThreadFactory named(String name, long stackBytes) {
        return task -> {
            Thread thread = new Thread(null, task, name, stackBytes);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs a statement when a thread is free; refuses when too many wait. */
    void run(Runnable statement) {
        runners.execute(statement);
    }

    Executor encoders() {
        return encoders;
    }

    ScheduledExecutorService scheduler() {
        return tidier;
    }

    void everyMinute(Runnable task) {
        tidier.scheduleWithFixedDelay(() -> quietly(task), 1, 1, TimeUnit.MINUTES);
    }

    /** One failure, of an engine that is being closed for example, must not end the tidying for good. */
    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // What could not be tidied now is met again in a minute.
            return;
        }
    }

    @Override
    public void close() {
        runners.shutdown();
        // Encoders end after the statements that feed them, and cancelling goes on until then.
        awaitEnd(runners);
        tidier.shutdownNow();
        encoders.shutdown();
        awaitEnd(encoders);
    }

    private static void awaitEnd(ExecutorService service) {
        try {
            if (!service.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                service.shutdownNow();
            }
        } catch (InterruptedException e) {
            service.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
