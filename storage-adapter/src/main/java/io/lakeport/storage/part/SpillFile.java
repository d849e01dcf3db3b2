package io.lakeport.storage.part;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A temporary file of blocks for what memory does not hold. It has no name while it is used, where the system allows
 * that, so that not even a killed process leaves it. Its methods are called under the pool's lock.
 */
final class SpillFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final Deque<Slot> free = new ArrayDeque<>();
    private long slots;

    SpillFile(Path directory) throws IOException {
        // Readable by this user only; the files' content is somebody's data.
        path = Files.createTempFile(directory, "lakeport-spill", ".tmp");
        channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        unname();
    }

    private void unname() {
        // Refused by systems that keep open files; there the file goes when it is closed.
        path.toFile().delete();
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
        channel.close();
    }

    private final class Slot extends Block {
        private final long begin;

        Slot(long begin) {
            this.begin = begin;
        }

        @Override
        void get(int at, byte[] target, int offset, int count) throws IOException {
            ByteBuffer into = ByteBuffer.wrap(target, offset, count);
            while (into.hasRemaining()) {
                if (channel.read(into, begin + at + into.position() - offset) < 0) {
                    throw new EOFException("the spill file is shorter than what was written to it");
                }
            }
        }

        @Override
        void put(int at, ByteBuffer source) throws IOException {
            long position = begin + at;
            while (source.hasRemaining()) {
                position += channel.write(source, position);
            }
        }
    }
}
