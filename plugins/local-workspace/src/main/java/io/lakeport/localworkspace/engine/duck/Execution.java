package io.lakeport.localworkspace.engine.duck;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One execution in a session: the DuckDB statement that runs, and whether it is to be ended. Thread-safe. */
final class Execution {
    private static final Executor AGAIN = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private @Nullable Statement running;
    private boolean cancelled;

    /** Notes that a statement is about to run; fails when the execution was cancelled before. */
    synchronized void begin(Statement statement) {
        check();
        running = statement;
    }

    /** Notes that the statement has ended. */
    synchronized void end() {
        running = null;
    }

    /** Fails when the execution was cancelled. */
    synchronized void check() {
        if (cancelled) {
            throw DuckErrors.cancelled(null);
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Ends the execution: the statement that runs, or the next one before it begins. */
    synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            interrupt();
        }
    }

    /** Ends the execution if it still runs then. */
    void cancelAfter(Duration limit) {
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::cancel);
    }

    /** Interrupts until the statement has ended: DuckDB forgets an interrupt that comes just before it begins. */
    private synchronized void interrupt() {
        if (running == null) {
            return;
        }
        try {
            running.cancel();
        } catch (SQLException e) {
            throw DuckErrors.translate(e);
        }
        AGAIN.execute(this::interrupt);
    }
}
