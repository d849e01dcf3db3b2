package io.lakeport.storage.part;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A temporary file of blocks for what memory does not hold. It has no name while it is used, where the system allows
 * that, so that not even a killed process leaves it. No channel is used: an interrupt of one writer would close it for
 * all. {@link #take} and {@link #give} are called under the pool's lock.
 */
final class SpillFile implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;
    private final Deque<Slot> free = new ArrayDeque<>();
    private long slots;

    SpillFile(Path directory) throws IOException {
        // Readable by this user only; the files' content is somebody's data.
        path = Files.createTempFile(directory, "lakeport-spill", ".tmp");
        file = new RandomAccessFile(path.toFile(), "rw");
        remove();
    }

    /** Fails, as long as it is open, on systems that keep names of open files; there it goes when it is closed. */
    private boolean remove() {
        return path.toFile().delete();
    }

    Block take() {
        Slot reused = free.poll();
        return reused == null ? new Slot(slots++ * Block.SIZE) : reused;
    }

    void give(Block block) {
        free.push((Slot) block);
    }

    @Override
    public void close() throws IOException {
        file.close();
        remove();
    }

    private final class Slot extends Block {
        private final long begin;

        Slot(long begin) {
            this.begin = begin;
        }

        @Override
        void get(int at, byte[] target, int offset, int count) throws IOException {
            synchronized (file) {
                file.seek(begin + at);
                file.readFully(target, offset, count);
            }
        }

        @Override
        void put(int at, ByteBuffer source) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            synchronized (file) {
                file.seek(begin + at);
                file.write(bytes);
            }
        }
    }
}
