package io.lakeport.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Lets a command that is told to stop (Ctrl-C, SIGTERM) end its statement on the server before the JVM goes: without it
 * the workspace would go on computing for nobody.
 */
final class StopSignal {
    /** Long enough to cancel over a slow line; whoever waits longer sends a second signal. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);

    private StopSignal() {}

    /** Runs a command on the calling thread, which is interrupted when the process is told to stop. */
    static int guard(IntSupplier command) {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "lakeport-stop"));
        try {
            return command.getAsInt();
        } finally {
            // Before System.exit, which would otherwise wait for the hook while the hook waits for the command.
            signal.done.countDown();
        }
    }

    private void stop() {
        if (done.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
