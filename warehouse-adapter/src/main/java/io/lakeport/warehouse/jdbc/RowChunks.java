package io.lakeport.warehouse.jdbc;

import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.arrow.ArrowStreamWriter;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows until they fill a chunk, a sixteenth of the budget and at most 4 MiB. What it collects in is paid for
 * from the same budget as long as it lives. Not thread-safe but for {@link #close()}.
 */
final class RowChunks implements AutoCloseable {
    private static final long LARGEST = 4L << 20;
    private static final long SMALLEST = 64L << 10;
    private static final int SHARE = 16;
    /** Buffers grow by doubling. */
    private static final int SLACK = 2;

    private final MemoryBudget budget;
    private final ArrowStreamWriter writer;
    private final Cells cells;
    private final OptionalLong limit;
    private final long wanted;
    private MemoryBudget.@Nullable Reservation held;
    private boolean isClosed;
    private long seen;
    private volatile boolean truncated;

    RowChunks(ResultSchema schema, MemoryBudget budget, OptionalLong limit) {
        this.budget = budget;
        this.writer = new ArrowStreamWriter(schema);
        this.cells = new Cells(schema);
        this.limit = limit;
        this.wanted = Math.max(SMALLEST, Math.min(LARGEST, budget.capacity() / SHARE));
    }

    /** Returns whether a row was seen beyond the limit. */
    boolean truncated() {
        return truncated;
    }

    /** Reads rows until there are enough for a chunk or no more; returns how many there are. */
    int fill(ResultSet rows, Deadline deadline) throws SQLException {
        reserve(deadline);
        long bytes = 0;
        while (bytes < wanted && advance(rows)) {
            writer.add(cells.read(rows));
            bytes += cells.size();
        }
        cells.clear();
        return writer.rows();
    }

    private boolean advance(ResultSet rows) throws SQLException {
        if (truncated || !rows.next()) {
            return false;
        }
        truncated = limit.isPresent() && seen == limit.getAsLong();
        seen++;
        return !truncated;
    }

    private void reserve(Deadline deadline) {
        if (held != null) {
            return;
        }
        MemoryBudget.Reservation reserved = budget.reserve(SLACK * wanted, deadline);
        synchronized (this) {
            held = reserved;
            if (isClosed) {
                reserved.close();
            }
        }
    }

    /** Returns how many bytes {@link #take} needs. */
    long bytes() {
        return writer.bytes();
    }

    /** Returns the rows as one Arrow stream, and begins the next chunk. */
    ByteBuffer take() {
        return writer.finish();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (held != null) {
            held.close();
        }
    }
}
