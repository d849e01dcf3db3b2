package io.lakeport.core.export.stream;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.time.Deadline;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that encode chunks beside each other. A chunk goes to whichever lane is free, so that a slow one holds up
 * nobody; at most one chunk per lane is held, and its memory stays charged to the statement until it is encoded.
 * Used by one thread.
 */
final class Lanes implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;
    /** Ends the lane that takes it. */
    private static final ResultChunk END = new ResultChunk(0, 0, 0, ByteBuffer.allocate(0), () -> {});

    private final SynchronousQueue<ResultChunk> queue = new SynchronousQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Deadline deadline;

    Lanes(int count, Supplier<LaneWriter> writers, Deadline deadline) {
        this.deadline = deadline;
        for (int i = 1; i <= count; i++) {
            LaneWriter writer = writers.get();
            Thread thread = new Thread(() -> work(writer), "lakeport-export-lane-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Gives a chunk to a free lane, which closes it; waits for one. */
    void put(ResultChunk chunk) {
        boolean taken = false;
        try {
            while (!taken) {
                throwFailure();
                deadline.check("export");
                taken = queue.offer(chunk, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            if (!taken) {
                chunk.close();
            }
        }
    }

    /** Waits until every chunk is in a recorded segment. */
    void finish() {
        threads.forEach(thread -> put(END));
        try {
            for (Thread thread : threads) {
                while (thread.isAlive()) {
                    throwFailure();
                    deadline.check("export");
                    thread.join(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        throwFailure();
    }

    private void work(LaneWriter writer) {
        try (writer) {
            for (ResultChunk chunk = queue.take(); !isEnd(chunk); chunk = queue.take()) {
                try (ResultChunk held = chunk) {
                    writer.write(held);
                }
            }
            writer.finish();
        } catch (InterruptedException e) {
            // Only close() interrupts a lane, and why is told elsewhere.
            failure.compareAndSet(null, e);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private static boolean isEnd(ResultChunk chunk) {
        return chunk == END;
    }

    private void throwFailure() {
        Throwable first = failure.get();
        if (first instanceof LakeportException known) {
            throw known;
        }
        if (first != null) {
            throw new LakeportException(
                    CoreError.INTERNAL, "a lane of the export failed unexpectedly: " + first, first);
        }
    }

    private static LakeportException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LakeportException(CoreError.INTERRUPTED, "the export was interrupted", e);
    }

    /** Ends all lanes and waits for them; what is not recorded is given up. */
    @Override
    public void close() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                thread.interrupt();
            }
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
