package io.lakeport.localworkspace.warehouse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One SQL warehouse. It computes nothing, but it has to be started, which takes its time. States follow from the clock,
 * so no thread is needed. Thread-safe.
 */
public final class Warehouse {
    private final String id;
    private final String name;
    private final Duration startup;
    private final Clock clock;
    private boolean on;
    private Instant runningFrom;

    Warehouse(String id, String name, Duration startup, Clock clock) {
        this.id = id;
        this.name = name;
        this.startup = startup;
        this.clock = clock;
        this.on = true;
        this.runningFrom = clock.instant();
    }

    /** Returns its id, 16 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns its state now. */
    public synchronized WarehouseState state() {
        if (!on) {
            return WarehouseState.STOPPED;
        }
        return clock.instant().isBefore(runningFrom) ? WarehouseState.STARTING : WarehouseState.RUNNING;
    }

    /** Starts it, if it is stopped. */
    public synchronized void start() {
        if (!on) {
            on = true;
            runningFrom = clock.instant().plus(startup);
        }
    }

    /** Finds it stopped and starts it, which takes this long. */
    public synchronized void coldStart(Duration duration) {
        on = true;
        runningFrom = clock.instant().plus(duration);
    }

    /** Stops it. Statements that run go on, since the service drains a warehouse first. */
    public synchronized void stop() {
        on = false;
    }

    /** Starts it if need be, as a statement does, and returns how long to wait until it runs. */
    public synchronized Duration untilRunning() {
        start();
        Duration left = Duration.between(clock.instant(), runningFrom);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
