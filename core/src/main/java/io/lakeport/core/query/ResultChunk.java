package io.lakeport.core.query;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A run of consecutive rows as one Arrow IPC stream: schema, record batches, end of stream. This is the interchange
 * format of every port that moves data, so that no Arrow class crosses a port.
 *
 * <p>It holds a part of a {@link MemoryBudget}; whoever received it must {@link #close()} it, and must not touch
 * {@link #data()} afterwards. Confined to one thread at a time.
 */
public final class ResultChunk implements AutoCloseable {
    private final long index;
    private final long rowOffset;
    private final long rowCount;
    private final ByteBuffer data;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Creates a chunk.
     *
     * @param index position in the result, from 0
     * @param rowOffset rows of the result before this chunk
     * @param rowCount rows in this chunk
     * @param data the Arrow IPC stream, from position to limit; direct for speed, heap is accepted
     * @param release gives the memory back; run once
     */
    public ResultChunk(long index, long rowOffset, long rowCount, ByteBuffer data, Runnable release) {
        this.index = index;
        this.rowOffset = rowOffset;
        this.rowCount = rowCount;
        this.data = Objects.requireNonNull(data, "data").slice().asReadOnlyBuffer();
        this.release = Objects.requireNonNull(release, "release");
    }

    /** Returns the position in the result, from 0. */
    public long index() {
        return index;
    }

    /** Returns how many rows of the result come before this chunk. */
    public long rowOffset() {
        return rowOffset;
    }

    /** Returns how many rows this chunk holds. */
    public long rowCount() {
        return rowCount;
    }

    /** Returns a fresh read-only, little-endian view of the Arrow IPC stream; valid until {@link #close()}. */
    public ByteBuffer data() {
        if (closed.get()) {
            throw new IllegalStateException("chunk " + index + " was closed; read it before closing");
        }
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Gives the memory back; idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
