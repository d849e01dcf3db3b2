package io.lakeport.localworkspace.warehouse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One SQL warehouse. It computes nothing, but it has to be started, which takes its time, stops when it is idle, and has
 * as many clusters as its statements need. What is due by the clock takes effect when somebody looks, with the time at
 * which it was due, so no thread is needed. Thread-safe.
 */
public final class Warehouse {
    /** A cluster of a warehouse runs about ten statements at once; more of them want another cluster. */
    private static final int STATEMENTS_PER_CLUSTER = 10;

    private static final Duration SCALE_DOWN_AFTER = Duration.ofMinutes(15);

    private final String id;
    private final Duration startup;
    private final Duration shutdown;
    private final Clock clock;
    private final Consumer<WarehouseEvent> events;
    private WarehouseSettings settings;
    private WarehouseState state = WarehouseState.STOPPED;
    private Instant since;
    private Instant usedAt;
    private @Nullable Instant lowSince;
    private Duration starting;
    private boolean startAgain;
    private @Nullable String startFailure;
    private int clusters;
    private int load;
    private int waiting;

    Warehouse(String id, WarehouseSettings settings, Duration startup, Clock clock, Consumer<WarehouseEvent> events) {
        this.id = id;
        this.settings = settings;
        this.startup = startup;
        this.starting = startup;
        this.shutdown = startup.dividedBy(5);
        this.clock = clock;
        this.events = events;
        this.since = clock.instant();
        this.usedAt = since;
    }

    /** Returns its id, 16 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** Returns its name. */
    public String name() {
        return settings().name();
    }

    /** Returns how it is set. */
    public synchronized WarehouseSettings settings() {
        return settings;
    }

    /** Returns its state now. */
    public synchronized WarehouseState state() {
        advance();
        return state;
    }

    /** Returns how many of its clusters run. */
    public synchronized int clusters() {
        advance();
        return clusters;
    }

    /** Returns how many statements run on it or wait for it. */
    public synchronized int load() {
        return load;
    }

    /** Lets every start fail from now on, as for want of capacity or quota; it stops if it runs. */
    public synchronized void failStarts(String message) {
        startFailure = message;
        stop();
    }

    /** Returns why it does not start, null when it does. */
    public synchronized @Nullable String startFailure() {
        return startFailure;
    }

    /** Starts it, if it is stopped. */
    public synchronized void start() {
        advance();
        if (startFailure != null) {
            return;
        }
        if (state == WarehouseState.STOPPED) {
            enter(WarehouseState.STARTING, clock.instant());
        } else if (state == WarehouseState.STOPPING) {
            startAgain = true;
        }
    }

    /** Finds it stopped and starts it, which takes this long. */
    public synchronized void coldStart(Duration duration) {
        stop();
        enter(WarehouseState.STARTING, clock.instant());
        starting = duration;
    }

    /** Begins to stop it; statements that run go on, since the service drains a warehouse first. */
    public synchronized void beginStop() {
        advance();
        startAgain = false;
        if (state == WarehouseState.RUNNING || state == WarehouseState.STARTING) {
            enter(WarehouseState.STOPPING, clock.instant());
        }
    }

    /** Stops it at once, as if the stopping had ended already. Statements that run go on. */
    public synchronized void stop() {
        beginStop();
        if (state == WarehouseState.STOPPING) {
            enter(WarehouseState.STOPPED, clock.instant());
        }
    }

    /** Starts it if need be, as a statement does, and returns how long to wait until it runs. */
    public synchronized Duration untilRunning() {
        start();
        Instant now = clock.instant();
        return switch (state) {
            case STARTING -> atLeastOne(Duration.between(now, since.plus(starting)));
            case STOPPING ->
                atLeastOne(Duration.between(now, since.plus(shutdown).plus(startup)));
            default -> Duration.ZERO;
        };
    }

    private static Duration atLeastOne(Duration left) {
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    /** Notes that a statement arrived for it. */
    public synchronized void enterStatement() {
        advance();
        load++;
        loadChanged();
    }

    /** Notes that a statement ended, whatever became of it. */
    public synchronized void leaveStatement() {
        advance();
        load = Math.max(0, load - 1);
        loadChanged();
    }

    /** Notes that a statement which has arrived waits for it to run; a warehouse that stops does not wait for those. */
    public synchronized void enterWait() {
        waiting++;
    }

    /** Notes that such a statement waits no more. */
    public synchronized void leaveWait() {
        waiting = Math.max(0, waiting - 1);
    }

    private void loadChanged() {
        Instant now = clock.instant();
        usedAt = now;
        if (state != WarehouseState.RUNNING) {
            return;
        }
        int wanted = wantedClusters();
        if (wanted > clusters) {
            scale("SCALED_UP", wanted, now);
        }
        if (wanted >= clusters) {
            lowSince = null;
        } else if (lowSince == null) {
            lowSince = now;
        }
    }

    private int wantedClusters() {
        int needed = (load + STATEMENTS_PER_CLUSTER - 1) / STATEMENTS_PER_CLUSTER;
        return Math.max(settings.minClusters(), Math.min(settings.maxClusters(), needed));
    }

    /** Changes its settings; a running one gets as many clusters as they allow. */
    synchronized void edit(WarehouseSettings changed) {
        advance();
        settings = changed;
        if (state == WarehouseState.RUNNING) {
            int allowed = Math.max(changed.minClusters(), Math.min(changed.maxClusters(), clusters));
            if (allowed != clusters) {
                scale(allowed > clusters ? "SCALED_UP" : "SCALED_DOWN", allowed, clock.instant());
            }
            loadChanged();
        }
    }

    synchronized void delete() {
        stop();
        state = WarehouseState.DELETED;
    }

    /** Makes it run now, without the time that a start takes. */
    synchronized void run() {
        enter(WarehouseState.STARTING, clock.instant());
        enter(WarehouseState.RUNNING, clock.instant());
    }

    /** Brings it to what it is by the clock. */
    synchronized void advance() {
        Instant now = clock.instant();
        boolean changed = true;
        while (changed) {
            changed = switch (state) {
                case STARTING -> enterWhenDue(WarehouseState.RUNNING, since.plus(starting), now);
                case RUNNING -> scaleDownWhenDue(now) || stopWhenIdle(now);
                case STOPPING -> load <= waiting && enterWhenDue(WarehouseState.STOPPED, since.plus(shutdown), now);
                default -> false;
            };
        }
    }

    private boolean stopWhenIdle(Instant now) {
        if (load > 0 || settings.autoStopMinutes() == 0) {
            return false;
        }
        return enterWhenDue(WarehouseState.STOPPING, usedAt.plus(Duration.ofMinutes(settings.autoStopMinutes())), now);
    }

    private boolean scaleDownWhenDue(Instant now) {
        Instant low = lowSince;
        if (low == null || low.plus(SCALE_DOWN_AFTER).isAfter(now)) {
            return false;
        }
        lowSince = null;
        scale("SCALED_DOWN", wantedClusters(), low.plus(SCALE_DOWN_AFTER));
        return true;
    }

    private boolean enterWhenDue(WarehouseState next, Instant due, Instant now) {
        if (due.isAfter(now)) {
            return false;
        }
        enter(next, due);
        return true;
    }

    private void enter(WarehouseState next, Instant at) {
        state = next;
        since = at;
        starting = startup;
        if (next == WarehouseState.RUNNING) {
            usedAt = usedAt.isAfter(at) ? usedAt : at;
            scale("SCALED_UP", wantedClusters(), at);
        } else if (next == WarehouseState.STOPPED) {
            scale("SCALED_DOWN", 0, at);
            lowSince = null;
        }
        tell(next.name(), at);
        if (next == WarehouseState.STOPPED && startAgain) {
            startAgain = false;
            enter(WarehouseState.STARTING, at);
        }
    }

    private void scale(String type, int wanted, Instant at) {
        if (wanted != clusters) {
            clusters = wanted;
            tell(type, at);
        }
    }

    private void tell(String type, Instant at) {
        events.accept(new WarehouseEvent(id, type, clusters, at));
    }
}
