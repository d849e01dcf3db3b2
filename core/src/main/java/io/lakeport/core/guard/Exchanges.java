package io.lakeport.core.guard;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.concurrent.Callable;

/** Runs exchanges, turning what an adapter forgot to translate into an INTERNAL error. */
public final class Exchanges {
    private Exchanges() {}

    /** Runs the exchange once. An interrupt is restored and becomes CANCELLED. */
    public static <T> T run(Callable<T> exchange) {
        try {
            return exchange.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "the call was interrupted", e);
        } catch (Exception e) {
            throw new LakeportException(
                    CoreError.INTERNAL, "an adapter let " + e.getClass().getName() + " escape", e);
        }
    }
}
