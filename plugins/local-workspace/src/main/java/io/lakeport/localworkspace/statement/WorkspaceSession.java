package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.EngineSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A session that a client opened. Its statements run one after another. Thread-safe. */
final class WorkspaceSession {
    private final String id;
    private final Principal owner;
    private final Map<String, String> tags;
    private final EngineSession engine;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile boolean closed;

    WorkspaceSession(String id, Principal owner, Map<String, String> tags, EngineSession engine) {
        this.id = id;
        this.owner = owner;
        this.tags = new LinkedHashMap<>(tags);
        this.engine = engine;
    }

    String id() {
        return id;
    }

    Principal owner() {
        return owner;
    }

    /** Returns the query tags of its configuration. */
    Map<String, String> tags() {
        return tags;
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

    boolean isClosed() {
        return closed;
    }

    /** Cancels what runs and closes the session when that has ended. */
    void close() {
        closed = true;
        engine.cancel();
        turn.lock();
        try {
            engine.close();
        } finally {
            turn.unlock();
        }
    }
}
