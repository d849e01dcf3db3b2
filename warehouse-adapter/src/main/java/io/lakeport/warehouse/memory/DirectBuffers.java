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
 *
 * <p>There is one pool for the JVM, because the JVM has one ceiling for direct memory: with a pool for each tenant the
 * idle buffers of one would stand in the way of another. It remembers no tenant, and a chunk shows only the bytes that
 * were written for it.
 */
public final class DirectBuffers {
    /** Kept when no result is open; large buffers go back to the system then. */
    private static final long KEPT_WHEN_IDLE = 4L << 20;

    /** Unless told otherwise, the JVM lets direct memory grow as large as the heap. */
    private static final DirectBuffers SHARED =
            new DirectBuffers(Math.max(KEPT_WHEN_IDLE, Runtime.getRuntime().maxMemory() / 4 * 3));

    private final long limit;
    private int users;
    private final TreeMap<Integer, ArrayDeque<ByteBuffer>> idle = new TreeMap<>();
    private long idleBytes;
    private long usedBytes;

    /** Returns the pool of this JVM. */
    public static DirectBuffers shared() {
        return SHARED;
    }

    /** Makes an empty pool; {@code limit} is in bytes. */
    DirectBuffers(long limit) {
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
            freeIdle();
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
        boolean keep = usedBytes + idleBytes + size <= limit && (users > 0 || idleBytes + size <= KEPT_WHEN_IDLE);
        if (!keep) {
            BufferCleaner.free(buffer);
            return;
        }
        idle.computeIfAbsent(size, any -> new ArrayDeque<>()).push(buffer);
        idleBytes += size;
    }

    /** Says that a result is being read; {@link #leave} says that it is no more. */
    public synchronized void enter() {
        users++;
    }

    /** Says that a result is read no more; after the last one only small buffers are kept. */
    public synchronized void leave() {
        users--;
        if (users == 0) {
            shrinkIdleTo(KEPT_WHEN_IDLE);
        }
    }

    private synchronized void freeIdle() {
        shrinkIdleTo(0);
    }

    /** Frees idle buffers, the largest first, until they hold no more than so many bytes. */
    private @Nullable ByteBuffer pollIdle(int sizeClass) {
        ArrayDeque<ByteBuffer> fitting = idle.get(sizeClass);
        ByteBuffer buffer = fitting == null ? null : fitting.poll();
        if (buffer != null) {
            idleBytes -= sizeClass;
        }
        return buffer;
    }

    /** Frees idle buffers, the largest first, until they hold no more than so many bytes. */
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
}
