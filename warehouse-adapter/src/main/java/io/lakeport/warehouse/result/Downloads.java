package io.lakeport.warehouse.result;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.memory.ChunkMemory;
import io.lakeport.warehouse.memory.DirectBuffers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Downloads chunks ahead of their reader, in parallel, and hands them over in order.
 *
 * <p>Memory is reserved in the order of the chunks, all of a chunk's at once: so the chunk that is read next never
 * waits for memory that a later one holds, and whoever holds memory can finish without more. When a forecast was too
 * small the downloads start again from that chunk with a better one.
 */
final class Downloads implements AutoCloseable {
    private static final Duration FOREVER = Duration.ofDays(3650);
    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final int MOST_RESTARTS = 4;

    private final String name;
    /** Indexes of the chunks that are wanted, ascending; the positions below count in it. */
    private final long[] wanted;

    private final ChunkPlaces places;
    private final ChunkLoader loader;
    private final SizeForecast forecast;
    private final MemoryBudget budget;
    private final DirectBuffers pool;
    private final DownloadLimits limits;

    /** Held while a chunk's place is found and its memory reserved: one after the other, in order. */
    private final ReentrantLock admission = new ReentrantLock(true);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private int nextToAdmit;
    private int nextToTake;
    private int restarts;
    private long restartedAt = -1;
    private boolean stopping;
    private boolean closed;
    private @Nullable LakeportException failure;

    Downloads(
            String name,
            long[] wanted,
            ChunkPlaces places,
            ChunkLoader loader,
            SizeForecast forecast,
            MemoryBudget budget,
            DirectBuffers pool,
            DownloadLimits limits) {
        this.name = name;
        this.wanted = wanted;
        this.places = places;
        this.loader = loader;
        this.forecast = forecast;
        this.budget = budget;
        this.pool = pool;
        this.limits = limits;
    }

    private static final class Slot {
        final long index;
        final ChunkMemory memory;
        boolean done;

        @Nullable
        LoadedChunk chunk;

        Slot(long index, ChunkMemory memory) {
            this.index = index;
            this.memory = memory;
        }
    }

    /** Starts downloading. */
    void start() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            stopping = false;
            int parallel = Math.min(limits.parallel(), wanted.length - nextToTake);
            for (int i = 0; i < parallel; i++) {
                Thread thread = new Thread(this::work, "lakeport-chunk-" + name + "-" + i);
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next chunk; empty after the last. The caller closes its memory. */
    Optional<LoadedChunk> take() throws InterruptedException {
        Deadline patience = Deadline.after(limits.memoryWait());
        while (nextToTake < wanted.length) {
            Slot head = awaitHead(patience);
            LoadedChunk chunk = head.chunk;
            if (chunk != null) {
                return Optional.of(chunk);
            }
            restart(head);
        }
        return Optional.empty();
    }

    /** Waits until the first chunk is here, or will not come; returns why it will not. */
    Optional<LakeportException> awaitFirst(Deadline patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (nextToTake == 0 && wanted.length > 0 && !closed && failure == null && !patience.isExpired()) {
                Slot head = slots.peek();
                if (head != null && head.done) {
                    break;
                }
                long ignored = progress.awaitNanos(patience.remaining().toNanos());
            }
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the first slot when it is done, and takes it off the queue when it holds a chunk. */
    private Slot awaitHead(Deadline patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Slot head = slots.peek();
                if (closed) {
                    throw closedMeanwhile();
                }
                if (head != null && head.done) {
                    return taken(head);
                }
                if (failure != null) {
                    throw failure;
                }
                if (head == null && patience.isExpired()) {
                    throw noMemory();
                }
                long ignored =
                        progress.awaitNanos(head == null ? patience.remaining().toNanos() : ENDING.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private Slot taken(Slot head) {
        if (head.chunk != null) {
            slots.remove();
            nextToTake++;
            places.forget(head.index);
        }
        return head;
    }

    private LakeportException closedMeanwhile() {
        return new LakeportException(
                CoreError.STATEMENT_CANCELLED, "the result was closed while its next chunk was waited for");
    }

    private LakeportException noMemory() {
        return new LakeportException(
                CoreError.MEMORY_BUDGET_EXCEEDED,
                "chunk " + wanted[nextToTake] + " got no memory within "
                        + limits.memoryWait().toSeconds()
                        + " s: " + budget.used() + " of " + budget.capacity()
                        + " bytes of this result are in use; close chunks as you read them, or raise the budget");
    }

    private void restart(Slot tooSmall) throws InterruptedException {
        restarts = tooSmall.index == restartedAt ? restarts + 1 : 1;
        restartedAt = tooSmall.index;
        if (restarts > MOST_RESTARTS) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT, "chunk " + tooSmall.index + " has another size each time it is fetched");
        }
        stop();
        lock.lockInterruptibly();
        try {
            nextToAdmit = nextToTake;
        } finally {
            lock.unlock();
        }
        start();
    }

    private void work() {
        try {
            Slot slot = admit();
            while (slot != null) {
                load(slot);
                slot = admit();
            }
        } catch (InterruptedException e) {
            // Only stop() interrupts these threads, and it has no use for an answer.
            return;
        } catch (LakeportException e) {
            fail(e);
        } catch (OutOfMemoryError e) {
            fail(noDirectMemory(e));
        } catch (RuntimeException | Error e) {
            fail(new LakeportException(CoreError.INTERNAL, "downloading a result failed: " + e, e));
        }
    }

    private LakeportException noDirectMemory(OutOfMemoryError e) {
        return new LakeportException(
                CoreError.MEMORY_BUDGET_EXCEEDED,
                "the JVM gave no memory for a chunk within a budget of " + budget.capacity()
                        + " bytes; lower the budget, or raise -Xmx or -XX:MaxDirectMemorySize",
                e);
    }

    private @Nullable Slot admit() throws InterruptedException {
        admission.lockInterruptibly();
        try {
            long index = claim();
            if (index < 0) {
                return null;
            }
            ChunkSource source = places.get(index, Deadline.after(limits.chunk()));
            return enqueue(new Slot(index, memory(source)));
        } finally {
            admission.unlock();
        }
    }

    private ChunkMemory memory(ChunkSource source) {
        int decoded = forecast.decoded(source);
        Optional<InlineBytes> inline = source.place().inline();
        if (inline.isPresent()) {
            return inline.get().memory(pool, budget, decoded, Deadline.after(FOREVER));
        }
        int travelling = forecast.travelling(source);
        MemoryBudget.Reservation reservation = budget.reserve((long) travelling + decoded, Deadline.after(FOREVER));
        return new ChunkMemory(pool, reservation, travelling, decoded);
    }

    private long claim() {
        lock.lock();
        try {
            boolean more = !stopping && failure == null && nextToAdmit < wanted.length;
            return more ? wanted[nextToAdmit++] : -1;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Slot enqueue(Slot slot) {
        lock.lock();
        try {
            if (stopping) {
                slot.memory.close();
                return null;
            }
            slots.add(slot);
            return slot;
        } finally {
            lock.unlock();
        }
    }

    private void load(Slot slot) {
        Optional<LoadedChunk> chunk = Optional.empty();
        try {
            chunk = loader.load(slot.index, slot.memory);
        } finally {
            if (chunk.isEmpty()) {
                slot.memory.close();
            }
        }
        finish(slot, chunk);
    }

    /** Until a slot is done its memory belongs to the thread that fills it, afterwards to the queue. */
    private void finish(Slot slot, Optional<LoadedChunk> chunk) {
        lock.lock();
        try {
            // A thread that outlived a restart finds its slot given up, although nothing is stopping any more.
            if (stopping || !slots.contains(slot)) {
                slot.memory.close();
                return;
            }
            slot.chunk = chunk.orElse(null);
            slot.done = true;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(LakeportException e) {
        lock.lock();
        try {
            if (failure == null && !stopping) {
                failure = e;
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the threads and gives up what was loaded and not taken. */
    private void stop() throws InterruptedException {
        List<Thread> ending;
        lock.lock();
        try {
            stopping = true;
            ending = List.copyOf(threads);
            threads.clear();
        } finally {
            lock.unlock();
        }
        ending.forEach(Thread::interrupt);
        for (Thread thread : ending) {
            thread.join(ENDING.toMillis());
        }
        discard();
    }

    private void discard() {
        lock.lock();
        try {
            slots.stream().filter(slot -> slot.done).forEach(slot -> slot.memory.close());
            slots.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = Thread.interrupted();
        try {
            stop();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            // Again, for a wait for the threads that was broken off; those who come later see that all is stopped.
            discard();
            places.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
