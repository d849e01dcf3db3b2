package io.lakeport.warehouse.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
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
    private final TreeMap<Integer, ArrayDeque<DirectBlock>> idle = new TreeMap<>();
    private final IdentityHashMap<ByteBuffer, DirectBlock> used = new IdentityHashMap<>();
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
        DirectBlock reused;
        synchronized (this) {
            reused = pollIdle(sizeClass);
            usedBytes += sizeClass;
            if (reused == null) {
                shrinkIdleTo(Math.max(0, limit - usedBytes));
            }
        }
        DirectBlock block = reused != null ? reused : allocate(sizeClass);
        synchronized (this) {
            used.put(block.buffer(), block);
        }
        return block.buffer().clear().order(ByteOrder.LITTLE_ENDIAN);
    }

    private DirectBlock allocate(int sizeClass) {
        try {
            return DirectBlock.allocate(sizeClass);
        } catch (OutOfMemoryError e) {
            // The JVM's ceiling for direct memory may be lower than ours: what lies idle is given up first.
            freeIdle();
            return allocateOrForget(sizeClass);
        }
    }

    private DirectBlock allocateOrForget(int sizeClass) {
        try {
            return DirectBlock.allocate(sizeClass);
        } catch (OutOfMemoryError e) {
            synchronized (this) {
                usedBytes -= sizeClass;
            }
            throw e;
        }
    }

    /**
     * Takes a buffer back that nobody will touch again; it is kept or freed.
     *
     * @param buffer the very object that {@link #take} returned
     */
    public synchronized void giveBack(ByteBuffer buffer) {
        DirectBlock block = used.remove(buffer);
        if (block == null) {
            throw new IllegalArgumentException("the buffer is not one of this pool, or was given back before");
        }
        int size = buffer.capacity();
        usedBytes -= size;
        boolean keep = usedBytes + idleBytes + size <= limit && (users > 0 || idleBytes + size <= KEPT_WHEN_IDLE);
        if (!keep) {
            block.release().run();
            return;
        }
        idle.computeIfAbsent(size, any -> new ArrayDeque<>()).push(block);
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
    private @Nullable DirectBlock pollIdle(int sizeClass) {
        ArrayDeque<DirectBlock> fitting = idle.get(sizeClass);
        DirectBlock block = fitting == null ? null : fitting.poll();
        if (block != null) {
            idleBytes -= sizeClass;
        }
        return block;
    }

    /** Frees idle buffers, the largest first, until they hold no more than so many bytes. */
    private void shrinkIdleTo(long bytes) {
        while (idleBytes > bytes && !idle.isEmpty()) {
            Map.Entry<Integer, ArrayDeque<DirectBlock>> largest = idle.lastEntry();
            DirectBlock victim = largest.getValue().poll();
            if (victim == null) {
                idle.remove(largest.getKey());
                continue;
            }
            idleBytes -= victim.buffer().capacity();
            victim.release().run();
        }
    }

    /** Returns the bytes of the buffers that are in use. */
    public synchronized long usedBytes() {
        return usedBytes;
    }
}
