package io.lakeport.audit.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Reads the lines of a file from its end, in blocks, so that the newest entries cost the same however long the file
 * is. Bytes behind the last line break are a line that was not finished; they are left out.
 */
final class BackwardLines {
    private static final int BLOCK = 64 * 1024;
    private static final byte BREAK = '\n';

    private final FileChannel channel;
    private final Deque<byte[]> ready = new ArrayDeque<>();

    /** End of what was not read yet. */
    private long end;

    /** Beginning of the oldest line read so far, of which more may stand before it. */
    private byte[] rest = new byte[0];

    private boolean sawBreak;

    BackwardLines(FileChannel channel) throws IOException {
        this.channel = channel;
        this.end = channel.size();
    }

    /** Returns the next older line without its break, or empty after the first line of the file. */
    Optional<byte[]> next() throws IOException {
        while (ready.isEmpty() && end > 0) {
            readBlock();
        }
        if (!ready.isEmpty()) {
            return Optional.of(ready.removeFirst());
        }
        byte[] first = rest;
        rest = new byte[0];
        return sawBreak && first.length > 0 ? Optional.of(first) : Optional.empty();
    }

    private void readBlock() throws IOException {
        byte[] block = block();
        int until = block.length;
        for (int at = block.length - 1; at >= 0; at--) {
            if (block[at] == BREAK) {
                byte[] line = joined(Arrays.copyOfRange(block, at + 1, until));
                if (sawBreak && line.length > 0) {
                    ready.addLast(line);
                }
                sawBreak = true;
                rest = new byte[0];
                until = at;
            }
        }
        rest = joined(Arrays.copyOfRange(block, 0, until));
    }

    private byte[] joined(byte[] before) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(before.length + rest.length);
        line.writeBytes(before);
        line.writeBytes(rest);
        return line.toByteArray();
    }

    private byte[] block() throws IOException {
        int length = (int) Math.min(BLOCK, end);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        long from = end - length;
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the ledger became shorter while it was read");
            }
        }
        end = from;
        return buffer.array();
    }
}
