package io.lakeport.core.doctor.network;

import java.time.Duration;
import java.time.Instant;

/**
 * Notes what two clocks said of one moment.
 *
 * @param before ours before the call
 * @param theirs the server's, to the second
 * @param after ours after the call
 */
record Clocks(Instant before, Instant theirs, Instant after) {
    /** Returns by how much ours is certainly ahead of theirs; negative when behind, zero when they may agree. */
    Duration ahead() {
        if (theirs.isAfter(after)) {
            return Duration.between(theirs, after);
        }
        Instant latest = theirs.plusSeconds(1);
        return latest.isBefore(before) ? Duration.between(latest, before) : Duration.ZERO;
    }
}
