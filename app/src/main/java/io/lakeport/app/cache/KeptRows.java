package io.lakeport.app.cache;

import io.lakeport.core.query.ResultChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rows in memory, with the room they take. It is given back when the last of those who hold them lets go; who made them
 * is the first. Rows are added by one thread before others see them; the rest is thread-safe.
 */
final class KeptRows {
    private record Part(long index, long rowOffset, long rowCount, byte[] arrow) {}

    private final List<Part> parts = new ArrayList<>();
    private final AtomicInteger holders = new AtomicInteger(1);
    private final Runnable released;
    private long bytes;

    /** Creates none; {@code released} runs once, when nobody holds them any more. */
    KeptRows(Runnable released) {
        this.released = released;
    }

    /** Copies a chunk, whose room was taken before. */
    void add(ResultChunk chunk) {
        ByteBuffer data = chunk.data();
        byte[] arrow = new byte[data.remaining()];
        data.get(arrow);
        parts.add(new Part(chunk.index(), chunk.rowOffset(), chunk.rowCount(), arrow));
        bytes += arrow.length;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return parts.size();
    }

    /** Holds the rows; returns false when they were let go already. */
    boolean hold() {
        return holders.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            released.run();
        }
    }

    /** Returns a chunk that holds the rows until it is closed; who calls holds them already. */
    ResultChunk chunk(int at) {
        Part part = parts.get(at);
        if (!hold()) {
            throw new IllegalStateException("the rows were let go while they were read");
        }
        return new ResultChunk(
                part.index(), part.rowOffset(), part.rowCount(), ByteBuffer.wrap(part.arrow()), this::release);
    }
}
