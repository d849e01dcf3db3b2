package io.lakeport.warehouse.jdbc;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement on its way to a result, on a thread of its own, because the driver cannot be relied on to hear an
 * interrupt or to keep a deadline. Whoever gives it up waits until it has ended on the server. Thread-safe.
 */
final class Execution implements Callable<Execution.Result> {
    private static final Duration CANCEL_EVERY = Duration.ofMillis(300);

    /** The two exchanges of it; both translate the driver's exceptions. */
    interface Exchange {
        /** Connects and prepares. */
        RunningStatement open();

        /** Runs it; null when it has no rows. */
        @Nullable
        ResultSet run(RunningStatement statement);
    }

    /**
     * What came of it.
     *
     * @param statement still open
     * @param rows null when it has no rows
     */
    record Result(RunningStatement statement, @Nullable ResultSet rows) {}

    private final Exchange exchange;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable RunningStatement statement;
    private boolean abandoned;

    Execution(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public Result call() {
        try {
            return executed(exchange.open());
        } finally {
            ended.countDown();
        }
    }

    private Result executed(RunningStatement opened) {
        boolean kept = false;
        try {
            if (!begin(opened)) {
                throw gone();
            }
            Result result = new Result(opened, exchange.run(opened));
            kept = !isAbandoned();
            if (!kept) {
                throw gone();
            }
            return result;
        } finally {
            if (!kept) {
                opened.close();
            }
        }
    }

    private static LakeportException gone() {
        return new LakeportException(CoreError.STATEMENT_CANCELLED, "the statement was cancelled by its caller");
    }

    private synchronized boolean begin(RunningStatement opened) {
        statement = opened;
        return !abandoned;
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    private synchronized @Nullable RunningStatement abandoned() {
        abandoned = true;
        return statement;
    }

    /** It may have ended well just before it was given up. */
    private void closeStatement() {
        RunningStatement running = abandoned();
        if (running != null) {
            running.close();
        }
    }

    /**
     * Ends it, and waits at most so long for that. A cancel before the server has named the statement has no effect, so
     * it is repeated. An interrupt is kept for later.
     *
     * @return whether it has ended
     */
    boolean abandon(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (System.nanoTime() - end < 0) {
                RunningStatement running = abandoned();
                if (running != null && ended.getCount() > 0) {
                    running.cancel();
                }
                try {
                    if (ended.await(CANCEL_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                        closeStatement();
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
