package io.lakeport.app.guard;

import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.guard.GuardedCall;
import java.time.Duration;
import java.util.Optional;

/**
 * Told of every try of every exchange. Implemented by hosts that bring a metrics library. Thread-safe, quick, and
 * never throws.
 */
@FunctionalInterface
public interface CallMeter {
    /**
     * Records one try.
     *
     * @param call what was called
     * @param took how long this try took
     * @param error the code it failed with, empty when it succeeded
     */
    void record(GuardedCall call, Duration took, Optional<ErrorCode> error);

    /**
     * Records bytes that came over the network, compressed as they travelled; those of tries that failed as well.
     *
     * @param call by what
     */
    default void received(GuardedCall call, long bytes) {
        // A meter that counts calls only.
    }
}
