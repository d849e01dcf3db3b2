package io.lakeport.storage.partition;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a writer holds of its budget: a base for which it waits, and with which it can always go on, and more as long as
 * more is free. Not thread-safe.
 */
public final class HeldMemory implements AutoCloseable {
    private static final long LARGEST_SLAB = 1L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int BASE_PART = 16;

    private final MemoryBudget budget;
    private final long slab;
    private final Deque<MemoryBudget.Reservation> slabs = new ArrayDeque<>();
    private long held;

    /** Waits for the base: {@code wanted} bytes, but no more than a sixteenth of the budget. */
    public HeldMemory(MemoryBudget budget, long wanted) {
        this.budget = budget;
        long part = Math.max(1, budget.capacity() / BASE_PART);
        this.slab = Math.min(LARGEST_SLAB, part);
        take(Math.min(wanted, part), Deadline.after(PATIENCE));
    }

    private void take(long bytes, Deadline deadline) {
        slabs.push(budget.reserve(bytes, deadline));
        held += bytes;
    }

    /** Holds at least so many bytes, or returns false when they are not free. */
    public boolean tryHold(long bytes) {
        while (held < bytes) {
            if (budget.used() + slab > budget.capacity()) {
                return false;
            }
            try {
                take(slab, Deadline.after(Duration.ZERO));
            } catch (LakeportException e) {
                // Another writer was faster.
                return false;
            }
        }
        return true;
    }

    /** Gives everything back; idempotent. */
    @Override
    public void close() {
        slabs.forEach(MemoryBudget.Reservation::close);
        slabs.clear();
        held = 0;
    }
}
