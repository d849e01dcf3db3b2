package io.lakeport.localworkspace.fault;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The planned faults of a workspace and what they did. Rules are asked in the order they were added. In each scope the
 * first that fires acts, but for delays, which go before another fault.
 *
 * <pre>{@code
 * workspace.faults().when(FaultMatch.request("POST", "/api/2.0/sql/statements")).next(2).answer(429, RetryAfter.seconds(1));
 * workspace.faults().when(FaultMatch.statementLike("FROM orders")).next(1).fail("CAST_INVALID_INPUT", "22018", "...");
 * }</pre>
 *
 * <p>Thread-safe. With several clients at once the order of matches is theirs; a replay needs the same order.
 */
public final class Faults {
    private static final int LOG_LIMIT = 10_000;

    private final Clock clock;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong lastId = new AtomicLong();
    private final Deque<FaultFired> log = new ArrayDeque<>();

    /** Creates a registry without faults. */
    public Faults(Clock clock) {
        this.clock = clock;
    }

    /** Begins to plan a fault. */
    public FaultPlan when(FaultMatch match) {
        return new FaultPlan(this, match, Firing.always());
    }

    /**
     * Plans a fault.
     *
     * @throws IllegalArgumentException when the match asks for what the effect's scope does not know
     */
    public Fault add(FaultMatch match, Firing firing, FaultEffect effect) {
        Fault fault = new Fault("fault-" + lastId.incrementAndGet(), match, firing, effect);
        faults.add(fault);
        return fault;
    }

    /** Returns the planned faults, in their order, spent ones too. */
    public List<Fault> all() {
        return List.copyOf(faults);
    }

    /** Takes a fault back; returns whether it was there. */
    public boolean remove(String id) {
        return faults.removeIf(fault -> fault.id().equals(id));
    }

    /** Takes every fault back and forgets what they did. */
    public void clear() {
        faults.clear();
        synchronized (log) {
            log.clear();
        }
    }

    /** Returns the last firings, oldest first; 10,000 at most. */
    public List<FaultFired> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    Clock clock() {
        return clock;
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** Returns the first fault of a scope that fires, and all delays before it. */
    List<Fault> fire(FaultScope scope, FaultTarget target, String name) {
        List<Fault> fired = new ArrayList<>();
        for (Fault fault : faults) {
            if (fault.effect().scope() == scope && fault.match().matches(target) && fault.meet()) {
                record(fault, name);
                fired.add(fault);
                if (!(fault.effect() instanceof FaultEffect.Delay)) {
                    break;
                }
            }
        }
        return fired;
    }

    Optional<Fault> first(FaultScope scope, FaultTarget target, String name) {
        return faults.isEmpty()
                ? Optional.empty()
                : fire(scope, target, name).stream().findFirst();
    }

    private void record(Fault fault, String name) {
        synchronized (log) {
            if (log.size() == LOG_LIMIT) {
                log.removeFirst();
            }
            log.addLast(
                    new FaultFired(clock.instant(), fault.id(), fault.effect().kind(), name));
        }
    }
}
