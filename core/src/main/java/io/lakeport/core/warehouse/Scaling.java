package io.lakeport.core.warehouse;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a warehouse scales, and when it rests (Warehouses API, Create a warehouse: {@code min_num_clusters},
 * {@code max_num_clusters}, {@code auto_stop_mins}).
 *
 * @param minClusters clusters while it runs, 1 to 30 and at most {@code maxClusters}
 * @param maxClusters clusters at most, 1 to 40
 * @param autoStop idle time, in whole minutes, after which it stops; zero for never
 */
public record Scaling(int minClusters, int maxClusters, Duration autoStop) {
    private static final int MOST_MIN = 30;
    private static final int MOST_MAX = 40;

    public Scaling {
        if (minClusters < 1 || minClusters > MOST_MIN) {
            throw refused("min_clusters is " + minClusters + ", expected 1 to " + MOST_MIN
                    + (minClusters == 0 ? "; a warehouse without clusters is a stopped one: say 'stopped'" : ""));
        }
        if (maxClusters < minClusters || maxClusters > MOST_MAX) {
            throw refused(
                    "max_clusters is " + maxClusters + ", expected min_clusters (" + minClusters + ") to " + MOST_MAX);
        }
        if (autoStop.isNegative() || !autoStop.equals(Duration.ofMinutes(autoStop.toMinutes()))) {
            throw refused("auto_stop is " + autoStop + ", expected whole minutes, 0 for never");
        }
    }

    private static LakeportException refused(String what) {
        return new LakeportException(CoreError.INVALID_ARGUMENT, what);
    }

    /**
     * Returns this, if a warehouse of that tier can be set so.
     *
     * @throws LakeportException INVALID_REQUEST when it would have to stop sooner than such a warehouse can
     */
    public Scaling on(WarehouseTier tier) {
        if (!autoStop.isZero() && autoStop.compareTo(tier.shortestAutoStop()) < 0) {
            throw refused(
                    "auto_stop is " + autoStop.toMinutes() + " minutes, and a " + tier + " warehouse takes 0 (never)"
                            + " or at least " + tier.shortestAutoStop().toMinutes());
        }
        return this;
    }

    /** Returns what differs from another, one phrase each, for example {@code max_clusters 4 -> 1}. */
    public List<String> changesFrom(Scaling before) {
        List<String> changes = new ArrayList<>();
        if (minClusters != before.minClusters) {
            changes.add("min_clusters " + before.minClusters + " -> " + minClusters);
        }
        if (maxClusters != before.maxClusters) {
            changes.add("max_clusters " + before.maxClusters + " -> " + maxClusters);
        }
        if (!autoStop.equals(before.autoStop)) {
            changes.add("auto_stop " + minutes(before.autoStop) + " -> " + minutes(autoStop));
        }
        return changes;
    }

    private static String minutes(Duration time) {
        return time.isZero() ? "never" : time.toMinutes() + "m";
    }
}
