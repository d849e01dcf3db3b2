package io.lakeport.localworkspace.version;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** Where one table's history stands. It changes under the lock. */
final class TableState {
    /** What the state says when it is known. */
    record Head(
            String id,
            long version,
            Instant time,
            long generation,
            long definitionVersion,
            long files,
            boolean removedExists) {}

    final ReentrantLock lock = new ReentrantLock(true);
    private volatile Head head = UNKNOWN;

    /** The log has not been asked yet. */
    static final Head UNKNOWN = new Head("", -2, Instant.EPOCH, 0, 0, 0, false);

    /** The log has no such table: its rows, if any, are version 0. */
    static final Head UNTRACKED = new Head("", -1, Instant.EPOCH, 0, 0, 0, false);

    Head head() {
        return head;
    }

    void become(Head next) {
        head = next;
    }
}
