package io.lakeport.localworkspace.statement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Writes an LZ4 frame with the header that Databricks' chunks have: FLG 0x60 (version 1, independent blocks, no
 * checksums, no size), BD 0x70 (blocks of 4 MiB). Works on direct buffers, which the library's own frame stream does
 * not. Confined to one thread.
 */
final class Lz4FrameChannel implements WritableByteChannel {
    private static final int MAGIC = 0x184D2204;
    private static final byte FLG = 0x60;
    private static final byte BD = 0x70;
    private static final int BLOCK = 4 << 20;
    private static final int UNCOMPRESSED = 1 << 31;
    private static final int LENGTH_BYTES = 4;
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final byte DESCRIPTOR_HASH =
            (byte) (XXHashFactory.fastestInstance().hash32().hash(new byte[] {FLG, BD}, 0, 2, 0) >> 8);
    // Buffers of 8 MiB in all: made once for each encoding thread, of which there are few.
    private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

    private final WritableByteChannel target;
    private final ByteBuffer input;
    private final ByteBuffer output;
    private boolean open = true;

    Lz4FrameChannel(WritableByteChannel target) throws IOException {
        this.target = target;
        Buffers buffers = BUFFERS.get();
        this.input = buffers.input.clear();
        this.output = buffers.output.clear();
        ByteBuffer header = ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN);
        target.write(header.putInt(MAGIC).put(FLG).put(BD).put(DESCRIPTOR_HASH).flip());
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        while (source.hasRemaining()) {
            int part = Math.min(source.remaining(), input.remaining());
            int limit = source.limit();
            source.limit(source.position() + part);
            input.put(source);
            source.limit(limit);
            if (!input.hasRemaining()) {
                flushBlock();
            }
        }
        return length;
    }

    private void flushBlock() throws IOException {
        int length = input.position();
        if (length == 0) {
            return;
        }
        output.clear();
        int compressed = COMPRESSOR.compress(input, 0, length, output, LENGTH_BYTES, output.capacity() - LENGTH_BYTES);
        if (compressed < length) {
            output.putInt(0, compressed).position(0).limit(LENGTH_BYTES + compressed);
            target.write(output);
        } else {
            output.putInt(0, length | UNCOMPRESSED).position(0).limit(LENGTH_BYTES);
            target.write(output);
            target.write(input.flip());
        }
        input.clear();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Writes the last block and the end mark; leaves the target open. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            flushBlock();
            target.write(ByteBuffer.allocate(LENGTH_BYTES));
        }
    }

    private static final class Buffers {
        private final ByteBuffer input = ByteBuffer.allocateDirect(BLOCK);
        private final ByteBuffer output = ByteBuffer.allocateDirect(
                        COMPRESSOR.maxCompressedLength(BLOCK) + LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
