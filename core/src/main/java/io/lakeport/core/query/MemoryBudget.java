package io.lakeport.core.query;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A ceiling in bytes for data in flight. Whoever holds bytes reserves them first; when the ceiling is reached it waits
 * until others give back. Budgets nest: a statement's budget draws on that of the process. Thread-safe.
 *
 * <p>A request larger than the whole budget is granted when nothing else is held, because refusing it would make a
 * single large chunk unreadable; the ceiling is then exceeded by that one chunk and {@link #peak()} shows it.
 */
public final class MemoryBudget {
    private final String name;
    private final long capacity;
    private final @Nullable MemoryBudget parent;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private long used;
    private long peak;

    private MemoryBudget(String name, long capacity, @Nullable MemoryBudget parent) {
        if (capacity <= 0) {
            throw new IllegalArgumentException(
                    "memory budget '" + name + "' of " + capacity + " bytes is not positive");
        }
        this.name = name;
        this.capacity = capacity;
        this.parent = parent;
    }

    /** Returns a budget of that many bytes; {@code name} appears in errors. */
    public static MemoryBudget of(String name, long bytes) {
        return new MemoryBudget(name, bytes, null);
    }

    /** Returns a budget of that many bytes, each of which is also taken from this one. */
    public MemoryBudget child(String childName, long bytes) {
        return new MemoryBudget(childName, bytes, this);
    }

    /**
     * Waits until the bytes are free and takes them.
     *
     * @param bytes how many; positive
     * @throws LakeportException RESOURCE_EXHAUSTED when the deadline passes first; CANCELLED when interrupted; nothing
     *     is taken then
     */
    public Reservation reserve(long bytes, Deadline deadline) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("cannot reserve " + bytes + " bytes");
        }
        take(bytes, deadline);
        Reservation fromParent;
        try {
            // The narrow budget first: whoever waits for it must not hold what others could use meanwhile.
            fromParent = parent == null ? null : parent.reserve(bytes, deadline);
        } catch (RuntimeException e) {
            release(bytes);
            throw e;
        }
        return new Reservation(this, bytes, fromParent);
    }

    private void take(long bytes, Deadline deadline) {
        lock.lock();
        try {
            while (used > 0 && used + bytes > capacity) {
                long nanos = deadline.remaining().toNanos();
                if (nanos <= 0) {
                    throw exhausted(bytes);
                }
                // The answer is not needed: the loop asks the deadline again.
                long ignored = freed.awaitNanos(nanos);
            }
            used += bytes;
            peak = Math.max(peak, used);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "interrupted while waiting for memory", e);
        } finally {
            lock.unlock();
        }
    }

    private LakeportException exhausted(long bytes) {
        return new LakeportException(
                CoreError.MEMORY_BUDGET_EXCEEDED,
                "memory budget '" + name + "' of " + capacity + " bytes has " + used + " in use, so " + bytes
                        + " more were not free in time; close chunks as you read them, or raise the budget");
    }

    private void release(long bytes) {
        lock.lock();
        try {
            used -= bytes;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the ceiling in bytes. */
    public long capacity() {
        return capacity;
    }

    /** Returns the bytes held now. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the most bytes ever held at once. */
    public long peak() {
        lock.lock();
        try {
            return peak;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that are held until closed. Thread-safe; {@link #close()} is idempotent. */
    public static final class Reservation implements AutoCloseable {
        private final MemoryBudget budget;
        private final AtomicLong bytes;
        private final @Nullable Reservation fromParent;

        private Reservation(MemoryBudget budget, long bytes, @Nullable Reservation fromParent) {
            this.budget = budget;
            this.bytes = new AtomicLong(bytes);
            this.fromParent = fromParent;
        }

        /** Returns how many bytes are held. */
        public long bytes() {
            return bytes.get();
        }

        /**
         * Gives back all but so many bytes; nothing happens when no more are held. It lets a step that needs two
         * buffers reserve both at once, so that two such steps cannot starve each other, and give one back early.
         *
         * @param rest bytes to keep; not negative
         */
        public void shrinkTo(long rest) {
            if (rest < 0) {
                throw new IllegalArgumentException("cannot keep " + rest + " bytes of a reservation");
            }
            // The parent first: the other way round the next taker of this budget finds the parent still charged.
            if (fromParent != null) {
                fromParent.shrinkTo(rest);
            }
            long held = bytes.getAndUpdate(now -> Math.min(now, rest));
            if (held > rest) {
                budget.release(held - rest);
            }
        }

        @Override
        public void close() {
            shrinkTo(0);
        }
    }
}
