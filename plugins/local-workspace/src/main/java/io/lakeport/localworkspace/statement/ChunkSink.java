package io.lakeport.localworkspace.statement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Takes the bytes of one chunk, in memory until there are too many. Confined to one thread. */
final class ChunkSink implements WritableByteChannel {
    private static final int MEMORY_LIMIT = 1 << 20;

    private final Path file;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(8192);
    private final CRC32C crc = new CRC32C();
    private @Nullable FileChannel spilled;
    private boolean open = true;

    /** Creates a sink that spills into {@code file}, which must not exist. */
    ChunkSink(Path file) {
        this.file = file;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        crc.update(source.duplicate());
        FileChannel channel = spilled;
        if (channel == null && memory.size() + length <= MEMORY_LIMIT) {
            byte[] copy = new byte[length];
            source.get(copy);
            memory.write(copy, 0, length);
            return length;
        }
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            spilled = channel;
            writeFully(channel, ByteBuffer.wrap(memory.toByteArray()));
            memory.reset();
        }
        writeFully(channel, source);
        return length;
    }

    private static void writeFully(FileChannel channel, ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    /** Returns what was written; call it once, at the end. */
    ChunkBody finish() throws IOException {
        FileChannel channel = spilled;
        int checksum = (int) crc.getValue();
        return channel == null
                ? ChunkBody.of(memory.toByteArray(), checksum)
                : ChunkBody.of(file, channel.size(), checksum);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        if (spilled != null) {
            spilled.close();
        }
    }
}
