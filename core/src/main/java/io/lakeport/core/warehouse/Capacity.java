package io.lakeport.core.warehouse;

import java.util.Objects;

/** What a warehouse shall be at some time. */
public sealed interface Capacity {
    /** Stopped: nothing runs, and nothing is billed. There is no such thing as a running warehouse of no clusters. */
    record Stopped() implements Capacity {
        @Override
        public String toString() {
            return "stopped";
        }
    }

    /**
     * Ready to run.
     *
     * @param scaling how far it scales, and when it rests
     * @param warm whether it is started when this begins, so that the first caller does not wait
     */
    record Ready(Scaling scaling, boolean warm) implements Capacity {
        public Ready {
            Objects.requireNonNull(scaling, "scaling");
        }

        @Override
        public String toString() {
            return scaling.minClusters() + " to " + scaling.maxClusters() + " clusters"
                    + (scaling.autoStop().isZero()
                            ? ", never stopping by itself"
                            : ", stopping after " + scaling.autoStop().toMinutes() + " idle minutes")
                    + (warm ? ", started ahead" : "");
        }
    }
}
