package io.lakeport.app.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Closes what was started, the last first. Thread-safe; {@link #close()} is idempotent. */
public final class Closer implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /** Creates a closer with nothing to close. */
    public Closer() {}

    /** Remembers what must be closed and returns it. */
    public synchronized <T extends AutoCloseable> T add(T resource) {
        started.push(resource);
        return resource;
    }

    /** Closes everything; the first failure is thrown, later ones are attached to it. */
    @Override
    public void close() {
        RuntimeException first = closeAll(null);
        if (first != null) {
            throw first;
        }
    }

    /** Closes everything because of a failure, to which what goes wrong meanwhile is attached. */
    void closeAfter(RuntimeException failure) {
        closeAll(failure);
    }

    private synchronized @Nullable RuntimeException closeAll(@Nullable RuntimeException failure) {
        RuntimeException first = failure;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                first = join(first, new IllegalStateException("interrupted while closing", e));
            } catch (Exception e) {
                first = join(first, e instanceof RuntimeException r ? r : new IllegalStateException("cannot close", e));
            }
        }
        return first;
    }

    private static RuntimeException join(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }
}
