package io.lakeport.warehouse.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers that are used again. Buffers in use and idle ones together stay within the limit as long as those in
 * use do: idle ones are freed before new memory is taken. Thread-safe.
 */
public final class DirectBuffers implements AutoCloseable {
    private final long limit;
    private final TreeMap<Integer, ArrayDeque<ByteBuffer>> idle = new TreeMap<>();
    private long idleBytes;
    private long usedBytes;
    private boolean closed;

    /** Makes an empty pool; {@code limit} is in bytes. */
    public DirectBuffers(long limit) {
        this.limit = limit;
    }

    /**
     * Returns an empty little-endian buffer of exactly that capacity, a {@link SizeClass}. Its content is arbitrary.
     * Give it back by {@link #giveBack}.
     */
    public ByteBuffer take(int sizeClass) {
        ByteBuffer reused;
        synchronized (this) {
            reused = pollIdle(sizeClass);
            usedBytes += sizeClass;
            if (reused == null) {
                shrinkIdleTo(Math.max(0, limit - usedBytes));
            }
        }
        ByteBuffer buffer = reused != null ? reused : allocate(sizeClass);
        return buffer.clear().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer allocate(int sizeClass) {
        try {
            return ByteBuffer.allocateDirect(sizeClass);
        } catch (OutOfMemoryError e) {
            // The JVM's ceiling for direct memory may be lower than ours: what lies idle is given up first.
            shrinkTo(0);
            return allocateOrForget(sizeClass);
        }
    }

    private ByteBuffer allocateOrForget(int sizeClass) {
        try {
            return ByteBuffer.allocateDirect(sizeClass);
        } catch (OutOfMemoryError e) {
            synchronized (this) {
                usedBytes -= sizeClass;
            }
            throw e;
        }
    }

    /** Takes a buffer back that nobody will touch again; it is kept or freed. */
    public synchronized void giveBack(ByteBuffer buffer) {
        int size = buffer.capacity();
        usedBytes -= size;
        if (closed || usedBytes + idleBytes + size > limit) {
            BufferCleaner.free(buffer);
            return;
        }
        idle.computeIfAbsent(size, any -> new ArrayDeque<>()).push(buffer);
        idleBytes += size;
    }

    /** Frees idle buffers, the largest first, until they hold no more than so many bytes. */
    public synchronized void shrinkTo(long bytes) {
        shrinkIdleTo(bytes);
    }

    private @Nullable ByteBuffer pollIdle(int sizeClass) {
        ArrayDeque<ByteBuffer> fitting = idle.get(sizeClass);
        ByteBuffer buffer = fitting == null ? null : fitting.poll();
        if (buffer != null) {
            idleBytes -= sizeClass;
        }
        return buffer;
    }

    private void shrinkIdleTo(long bytes) {
        while (idleBytes > bytes && !idle.isEmpty()) {
            Map.Entry<Integer, ArrayDeque<ByteBuffer>> largest = idle.lastEntry();
            ByteBuffer victim = largest.getValue().poll();
            if (victim == null) {
                idle.remove(largest.getKey());
                continue;
            }
            idleBytes -= victim.capacity();
            BufferCleaner.free(victim);
        }
    }

    /** Returns the bytes of the buffers that are in use. */
    public synchronized long usedBytes() {
        return usedBytes;
    }

    /** Frees idle buffers; those in use are freed when they come back. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        shrinkIdleTo(0);
    }
}
