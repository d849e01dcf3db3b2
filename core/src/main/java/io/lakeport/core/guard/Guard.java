package io.lakeport.core.guard;

import java.util.concurrent.Callable;

/**
 * Runs one exchange with a remote system under the limits of the process: deadline, rate limit, circuit breaker,
 * retry by error category, meter.
 *
 * <p>The guard stands around an <em>exchange</em> (one poll, one chunk, one token request) and not around a port's
 * method, because a method such as {@code Warehouse.execute} is not repeatable as a whole: repeating it would run a
 * statement twice. It is the only retry layer; adapters never loop over errors themselves.
 *
 * <p>Thread-safe.
 */
public interface Guard {
    /** A guard that adds nothing, for tests and for callers that bring their own. */
    Guard NONE = new Guard() {
        @Override
        public <T> T call(GuardedCall call, Callable<T> exchange) {
            return Exchanges.run(exchange);
        }
    };

    /**
     * Told how many bytes an exchange brought over the network, as they travelled; nothing happens with them unless a
     * guard counts. Quick, and never throws.
     */
    default void received(GuardedCall call, long bytes) {
        // Counting is a power of guards, and not a duty.
    }

    /**
     * Runs the exchange, once or more often.
     *
     * @throws io.lakeport.core.error.LakeportException as the exchange threw it last; DEADLINE_EXCEEDED when the
     *     deadline passed; RESOURCE_EXHAUSTED or UNAVAILABLE when a limit or an open circuit refused it
     */
    <T> T call(GuardedCall call, Callable<T> exchange);
}
