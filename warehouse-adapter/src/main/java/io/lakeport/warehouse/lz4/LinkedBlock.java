package io.lakeport.warehouse.lz4;

import java.nio.ByteBuffer;

/**
 * Decodes a block that refers to bytes before it (LZ4 Block Format, "Matches" across linked blocks). The native decoder
 * is not told of them, and Databricks writes independent blocks, so this need be right and not fast.
 */
final class LinkedBlock {
    private static final int SHORTEST_MATCH = 4;
    private static final int LONG_LENGTH = 15;

    private final ByteBuffer in;
    private final ByteBuffer out;
    private final int historyStart;
    private final int inEnd;
    private final int outEnd;
    private int from;
    private int to;

    private LinkedBlock(ByteBuffer in, int at, int length, ByteBuffer out, int room, int historyStart) {
        this.in = in;
        this.out = out;
        this.historyStart = historyStart;
        this.from = at;
        this.inEnd = at + length;
        this.to = out.position();
        this.outEnd = to + room;
    }

    /** Decodes behind the output's position, which stays, and returns how many bytes that made. */
    static int decode(ByteBuffer in, int at, int length, ByteBuffer out, int room, int historyStart)
            throws CorruptFrameException {
        LinkedBlock block = new LinkedBlock(in, at, length, out, room, historyStart);
        block.decode();
        return block.to - out.position();
    }

    private void decode() throws CorruptFrameException {
        while (true) {
            int token = next();
            literals(length(token >> 4));
            if (from == inEnd) {
                return;
            }
            int offset = next() | next() << 8;
            match(offset, length(token & LONG_LENGTH) + SHORTEST_MATCH);
        }
    }

    private int next() throws CorruptFrameException {
        if (from >= inEnd) {
            throw damaged();
        }
        return in.get(from++) & 0xFF;
    }

    private int length(int nibble) throws CorruptFrameException {
        int length = nibble;
        if (nibble == LONG_LENGTH) {
            int more;
            do {
                more = next();
                length += more;
                if (length > outEnd) {
                    throw damaged();
                }
            } while (more == 0xFF);
        }
        return length;
    }

    private void literals(int length) throws CorruptFrameException {
        if (length > inEnd - from || length > outEnd - to) {
            throw damaged();
        }
        out.put(to, in, from, length);
        from += length;
        to += length;
    }

    private void match(int offset, int length) throws CorruptFrameException {
        if (offset == 0 || offset > to - historyStart || length > outEnd - to) {
            throw damaged();
        }
        // Byte by byte, because a match may overlap what it writes.
        for (int i = 0; i < length; i++, to++) {
            out.put(to, out.get(to - offset));
        }
    }

    private CorruptFrameException damaged() {
        return new CorruptFrameException("linked LZ4 block cannot be decoded at byte " + from);
    }
}
