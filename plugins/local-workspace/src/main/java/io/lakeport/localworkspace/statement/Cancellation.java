package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineSession;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cancels one run of a statement, again and again until the run has ended: a single call may come just before the
 * engine begins, and would then be lost. Never touches the session's next statement. Thread-safe.
 */
final class Cancellation {
    private static final int REPEAT_MILLIS = 50;

    private final EngineSession engine;
    private final ScheduledExecutorService scheduler;
    private boolean finished;

    Cancellation(EngineSession engine, ScheduledExecutorService scheduler) {
        this.engine = engine;
        this.scheduler = scheduler;
    }

    /** Cancels the run, unless it has ended. */
    synchronized void cancel() {
        if (!finished) {
            engine.cancel();
            if (!scheduler.isShutdown()) {
                scheduler.schedule(this::cancel, REPEAT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Notes that the run has ended. */
    synchronized void finish() {
        finished = true;
    }
}
