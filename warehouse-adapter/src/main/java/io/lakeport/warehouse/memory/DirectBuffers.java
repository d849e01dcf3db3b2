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
    /**
     * Kept between results. Freeing large buffers after each would be neater and cost more: glibc hands freed blocks of
     * up to 32 MiB back to the thread that had them and not to the system, so that memory grows with the threads
     * (measured: 500 MB instead of 260 MB after five results).
     */
    private static final long KEPT_BETWEEN_RESULTS = 96L << 20;

    /** Unless told otherwise, the JVM lets direct memory grow as large as the heap. */
    private static final DirectBuffers SHARED =
            new DirectBuffers(Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 4 * 3));

    private final long limit;
    private int results;
    private int warehouses;
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
        if (idleBytes + size > mayKeep()) {
            block.release().run();
            return;
        }
        idle.computeIfAbsent(size, any -> new ArrayDeque<>()).push(block);
        idleBytes += size;
    }

    /** Says that a warehouse was opened; {@link #warehouseClosed} says that it is no more. */
    public synchronized void warehouseOpened() {
        warehouses++;
    }

    /** Says that a warehouse was closed; after the last one nothing is kept. */
    public synchronized void warehouseClosed() {
        warehouses--;
        shrinkIdleTo(mayKeep());
    }

    /** Says that a result is being read; {@link #resultEnded} says that it is no more. */
    public synchronized void resultOpened() {
        results++;
    }

    /** Says that a result is read no more. */
    public synchronized void resultEnded() {
        results--;
        shrinkIdleTo(mayKeep());
    }

    private long mayKeep() {
        long room = Math.max(0, limit - usedBytes);
        return results > 0 ? room : warehouses > 0 ? Math.min(room, KEPT_BETWEEN_RESULTS) : 0;
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

    /** Returns the bytes of all buffers, in use and idle. */
    synchronized long heldBytes() {
        return usedBytes + idleBytes;
    }

    /** Returns the bytes of the buffers that are in use. */
    public synchronized long usedBytes() {
        return usedBytes;
    }
}
