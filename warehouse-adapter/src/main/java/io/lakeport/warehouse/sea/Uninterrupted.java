package io.lakeport.warehouse.sea;

import io.lakeport.core.guard.Exchanges;
import java.util.concurrent.Callable;

/** Runs what must be done although the thread was interrupted, such as ending a statement on the server. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Runs the action, which bounds itself; an interrupt from before is restored afterwards. */
    static <T> T call(Callable<T> action) {
        boolean interrupted = Thread.interrupted();
        try {
            return Exchanges.run(action);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
