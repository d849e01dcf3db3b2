package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.EngineSession;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A session that a client opened. Its statements run one after another. Thread-safe. */
final class WorkspaceSession {
    private static final int CANCEL_AGAIN_MILLIS = 50;

    private final String id;
    private final String warehouseId;
    private final Principal owner;
    private final Map<String, String> tags;
    private final EngineSession engine;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile boolean closed;
    private volatile Instant usedAt;

    WorkspaceSession(
            String id,
            String warehouseId,
            Principal owner,
            Map<String, String> tags,
            EngineSession engine,
            Instant now) {
        this.id = id;
        this.warehouseId = warehouseId;
        this.owner = owner;
        this.tags = new LinkedHashMap<>(tags);
        this.engine = engine;
        this.usedAt = now;
    }

    String id() {
        return id;
    }

    String warehouseId() {
        return warehouseId;
    }

    Principal owner() {
        return owner;
    }

    /** Returns the query tags of its configuration, and those that SET QUERY_TAGS has changed since. */
    Map<String, String> tags() {
        Map<String, String> all = new LinkedHashMap<>(tags);
        all.putAll(engine.queryTags());
        return all;
    }

    EngineSession engine() {
        return engine;
    }

    /** Waits for the turn of a statement. */
    void enter() throws InterruptedException {
        turn.lockInterruptibly();
    }

    void leave() {
        turn.unlock();
    }

    void touch(Instant now) {
        usedAt = now;
    }

    /** Returns whether nothing runs and nothing was asked since {@code limit}. */
    boolean isIdleSince(Instant limit) {
        return usedAt.isBefore(limit) && !turn.isLocked();
    }

    boolean isClosed() {
        return closed;
    }

    /** Cancels what runs and closes the session when that has ended. */
    void close() {
        closed = true;
        // Again and again, as a statement may have its turn and not yet have reached the engine.
        boolean mine = false;
        while (!mine) {
            engine.cancel();
            mine = takeTurn();
        }
        try {
            engine.close();
        } finally {
            turn.unlock();
        }
    }

    private boolean takeTurn() {
        try {
            return turn.tryLock(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The engine session must be closed all the same; the caller finds its interrupt afterwards.
            turn.lock();
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
