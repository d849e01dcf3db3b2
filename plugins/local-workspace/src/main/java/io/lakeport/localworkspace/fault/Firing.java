package io.lakeport.localworkspace.fault;

/**
 * How often a fault fires among what it matches.
 *
 * @param after matches that pass before the first may fire
 * @param times most firings, 0 for no end
 * @param probability chance of each match, above 0 and at most 1
 * @param seed decides with the probability; the same seed and order of matches give the same firings
 */
public record Firing(long after, long times, double probability, long seed) {
    public Firing {
        if (after < 0 || times < 0) {
            throw new IllegalArgumentException("after and times must not be negative");
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be above 0 and at most 1, but is " + probability);
        }
    }

    /** Returns one that fires at the next so many matches. */
    public static Firing next(long times) {
        return new Firing(0, times, 1, 0);
    }

    /** Returns one that fires at every match. */
    public static Firing always() {
        return new Firing(0, 0, 1, 0);
    }
}
