package io.lakeport.core.simulator;

import java.util.Optional;

/** A running simulated workspace. Thread-safe. {@link #close()} is idempotent and ends everything that was started. */
public interface WorkspaceSimulator extends AutoCloseable {
    /** Returns where it listens and what signs in to it. */
    SimulatorConnection connection();

    /** Returns what ended it early, empty while it runs. */
    default Optional<Throwable> failure() {
        return Optional.empty();
    }

    @Override
    void close();
}
