package io.lakeport.storage.part;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Content of one request. It is filled by one thread, and then read by any number, as often as the request has to be
 * repeated.
 */
public final class Part {
    private final BlockPool pool;
    private final List<Block> blocks = new ArrayList<>();
    private long length;

    Part(BlockPool pool) {
        this.pool = pool;
    }

    /** Returns how many bytes it holds. */
    public long length() {
        return length;
    }

    /** Takes at most {@code most} bytes from the source. */
    void append(ByteBuffer source, long most) throws IOException {
        int end = source.limit();
        source.limit((int) Math.min(end, source.position() + most));
        try {
            while (source.hasRemaining()) {
                appendToBlock(source);
            }
        } finally {
            source.limit(end);
        }
    }

    private void appendToBlock(ByteBuffer source) throws IOException {
        if (blocks.isEmpty() || last().room() == 0) {
            blocks.add(pool.take());
        }
        int count = Math.min(source.remaining(), last().room());
        ByteBuffer piece = source.slice(source.position(), count);
        last().append(piece);
        source.position(source.position() + count);
        length += count;
    }

    private Block last() {
        return blocks.get(blocks.size() - 1);
    }

    /** Returns the content from its first byte; the stream holds nothing that must be closed. */
    public InputStream open() {
        return new Content();
    }

    /** Gives its memory back; it must not be read any more. */
    void release() {
        pool.give(blocks);
        blocks.clear();
    }

    private final class Content extends InputStream {
        private int index;
        private int at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            Objects.checkFromIndexSize(offset, count, target.length);
            if (count == 0) {
                return 0;
            }
            if (index < blocks.size() && at == blocks.get(index).length()) {
                index++;
                at = 0;
            }
            if (index == blocks.size()) {
                return -1;
            }
            Block block = blocks.get(index);
            int found = Math.min(count, block.length() - at);
            block.get(at, target, offset, found);
            at += found;
            return found;
        }

        @Override
        public int available() {
            return index < blocks.size() ? blocks.get(index).length() - at : 0;
        }
    }
}
