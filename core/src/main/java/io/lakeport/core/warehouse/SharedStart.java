package io.lakeport.core.warehouse;

import io.lakeport.core.tenant.WarehouseId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One start that several callers wait for. The fields are guarded by {@link #lock}. */
final class SharedStart {
    private static final int LONGEST_FACTOR = 5;

    final WarehouseId id;
    final ReentrantLock lock = new ReentrantLock();
    final Condition news = lock.newCondition();

    private final Duration shortestPause;
    private int callers;
    private boolean looking;
    private int looks;
    private boolean asked;
    private boolean wasStarting;
    private int stoppedLooks;
    private Optional<WarehouseInfo> latest = Optional.empty();

    SharedStart(WarehouseId id, Duration shortestPause) {
        this.id = id;
        this.shortestPause = shortestPause;
    }

    /** One caller more; the map of starts orders these calls. */
    SharedStart joined() {
        callers++;
        return this;
    }

    /** One caller fewer; returns whether it was the last. */
    boolean left() {
        callers--;
        return callers == 0;
    }

    boolean takeLook() {
        if (looking) {
            return false;
        }
        looking = true;
        return true;
    }

    void giveLook() {
        looking = false;
        news.signalAll();
    }

    void seen(WarehouseInfo info) {
        latest = Optional.of(info);
        looks++;
        wasStarting |= info.state() == WarehouseState.STARTING;
        stoppedLooks = info.state() == WarehouseState.STOPPED && asked ? stoppedLooks + 1 : 0;
        news.signalAll();
    }

    void asked() {
        asked = true;
        stoppedLooks = 0;
    }

    void notAsked() {
        asked = false;
    }

    boolean wasAsked() {
        return asked;
    }

    int looks() {
        return looks;
    }

    Optional<WarehouseInfo> latest() {
        return latest;
    }

    /** A warehouse that stands still right after it was asked may not have noticed yet; later it has given up. */
    boolean hasGivenUp() {
        return asked && stoppedLooks > (wasStarting ? 0 : 2);
    }

    Duration pause() {
        return shortestPause.multipliedBy(Math.min(LONGEST_FACTOR, looks + 1L));
    }
}
