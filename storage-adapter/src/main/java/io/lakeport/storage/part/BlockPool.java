package io.lakeport.storage.part;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all objects being written to one store share. When it is used up, a writer waits for parts that are
 * on their way, so that a slow store slows its writers; when none is on its way, because many objects are begun and
 * none has a whole part, content goes to a temporary file instead, so that no number of objects can block each other.
 * Thread-safe.
 */
final class BlockPool implements AutoCloseable {
    private final int most;
    private final boolean patient;
    private final Optional<Path> spillDirectory;
    private final Deque<Block> free = new ArrayDeque<>();
    private int made;
    private int onTheirWay;
    private @Nullable SpillFile spill;

    /**
     * Creates a pool.
     *
     * @param bytes most bytes in memory
     * @param patient whether to wait for parts on their way before the file is used
     * @param spillDirectory where the file is; empty when there must be none
     */
    BlockPool(long bytes, boolean patient, Optional<Path> spillDirectory) {
        this.most = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / Block.SIZE));
        this.patient = patient;
        this.spillDirectory = spillDirectory;
    }

    synchronized Block take() throws IOException {
        while (patient && free.isEmpty() && made >= most && onTheirWay > 0) {
            await();
        }
        Block block = free.poll();
        if (block == null) {
            block = made < most ? make() : spilled();
        }
        block.clear();
        return block;
    }

    private Block make() throws IOException {
        try {
            MemoryBlock block = new MemoryBlock();
            made++;
            return block;
        } catch (OutOfMemoryError e) {
            // The JVM's limit for direct memory, which others use too: the file serves as well.
            return spilled();
        }
    }

    private Block spilled() throws IOException {
        SpillFile file = spill;
        if (file == null) {
            file = new SpillFile(spillDirectory.orElseThrow(this::full));
            spill = file;
        }
        return file.take();
    }

    /** Not a passing state: whoever waited for this memory would hold the rest of it. */
    private LakeportException full() {
        return new LakeportException(
                CoreError.TARGET_NOT_WRITABLE,
                "the " + (long) most * Block.SIZE + " bytes of upload_memory are full of objects that are not complete,"
                        + " and spill_directory=off keeps the rest from this machine's disk; raise upload_memory, or write"
                        + " fewer or smaller files at once");
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "waiting for an upload's memory was interrupted", e);
        }
    }

    synchronized void give(Iterable<Block> blocks) {
        for (Block block : blocks) {
            if (block instanceof MemoryBlock) {
                free.push(block);
            } else if (spill != null) {
                spill.give(block);
            }
        }
        notifyAll();
    }

    synchronized void sent(int change) {
        onTheirWay += change;
        notifyAll();
    }

    /** Returns how many bytes of memory are in use, for tests. */
    synchronized long bytesInUse() {
        return (long) (made - free.size()) * Block.SIZE;
    }

    /** Returns whether content was ever written to the file, for tests. */
    synchronized boolean spilledOnce() {
        return spill != null;
    }

    @Override
    public synchronized void close() {
        free.clear();
        if (spill != null) {
            try {
                spill.close();
            } catch (IOException e) {
                throw new LakeportException(
                        CoreError.TARGET_NOT_WRITABLE,
                        "the temporary file in " + spillDirectory.orElseThrow() + " stays open",
                        e);
            }
        }
    }
}
