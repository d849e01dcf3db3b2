package io.lakeport.storage.parquet.page;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a writer holds of its budget. Other writers may share the budget, so it waits only for the little with which it
 * can always go on; whatever is more it takes if it is free. Not thread-safe.
 */
public final class WriterMemory implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long STEP = 1L << 20;

    private final MemoryBudget budget;
    private final List<MemoryBudget.Reservation> held = new ArrayList<>();
    private long bytes;

    /** Creates one that holds nothing. */
    public WriterMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Holds at least so many bytes from now on; waits for them. */
    public void require(long wanted) {
        if (wanted > bytes) {
            take(wanted - bytes, Deadline.after(PATIENCE));
        }
    }

    /** Holds at least so many bytes from now on, or returns false when they are not free. */
    public boolean tryHold(long wanted) {
        if (wanted <= bytes) {
            return true;
        }
        long missing = (wanted - bytes + STEP - 1) / STEP * STEP;
        if (budget.used() + missing > budget.capacity()) {
            return false;
        }
        try {
            take(missing, Deadline.after(Duration.ZERO));
            return true;
        } catch (LakeportException e) {
            // Another writer was faster.
            return false;
        }
    }

    private void take(long more, Deadline deadline) {
        held.add(budget.reserve(more, deadline));
        bytes += more;
    }

    /** Returns how many bytes are held. */
    public long bytes() {
        return bytes;
    }

    /** Returns the budget that is shared, in bytes. */
    public long capacity() {
        return budget.capacity();
    }

    /** Gives everything back; idempotent. */
    @Override
    public void close() {
        held.forEach(MemoryBudget.Reservation::close);
        held.clear();
        bytes = 0;
    }
}
