package io.lakeport.localworkspace.fault;

import java.util.SplittableRandom;

/** A planned fault and how often it has fired. Thread-safe. */
public final class Fault {
    private final String id;
    private final FaultMatch match;
    private final Firing firing;
    private final FaultEffect effect;
    private final SplittableRandom random;
    private long matched;
    private long fired;

    Fault(String id, FaultMatch match, Firing firing, FaultEffect effect) {
        match.requireFor(effect.scope());
        this.id = id;
        this.match = match;
        this.firing = firing;
        this.effect = effect;
        this.random = new SplittableRandom(firing.seed());
    }

    /** Returns its id, for example {@code fault-1}. */
    public String id() {
        return id;
    }

    /** Returns what it meets. */
    public FaultMatch match() {
        return match;
    }

    /** Returns how often it fires. */
    public Firing firing() {
        return firing;
    }

    /** Returns what it does. */
    public FaultEffect effect() {
        return effect;
    }

    /** Returns how often it has fired. */
    public synchronized long fired() {
        return fired;
    }

    /** Returns how many requests, statements, sessions, links or calls it has met, fired or not. */
    public synchronized long matched() {
        return matched;
    }

    /** Notes a match and decides whether it fires. */
    synchronized boolean meet() {
        if (isSpent()) {
            return false;
        }
        matched++;
        if (matched <= firing.after()) {
            return false;
        }
        boolean fires = firing.probability() >= 1 || random.nextDouble() < firing.probability();
        fired += fires ? 1 : 0;
        return fires;
    }

    private boolean isSpent() {
        return firing.times() > 0 && fired >= firing.times();
    }

    /** Chooses a place by the rule's seed. */
    synchronized long choose(long bound) {
        return bound <= 0 ? 0 : random.nextLong(bound);
    }
}
