package io.lakeport.warehouse.lz4;

import java.nio.ByteBuffer;

/** Adds up what the sequences of one block make, without making it (LZ4 Block Format). */
final class BlockLength {
    private static final int SHORTEST_MATCH = 4;
    private static final int LONG_LENGTH = 15;
    private static final int OFFSET_BYTES = 2;

    private final ByteBuffer in;
    private final int end;
    private int at;

    private BlockLength(ByteBuffer in, int at, int length) {
        this.in = in;
        this.at = at;
        this.end = at + length;
    }

    static long of(ByteBuffer in, int at, int length) throws CorruptFrameException {
        return new BlockLength(in, at, length).walk();
    }

    private long walk() throws CorruptFrameException {
        long decoded = 0;
        while (true) {
            int token = next();
            long literals = length(token >> 4);
            decoded += literals;
            if (literals > end - at) {
                throw damaged();
            }
            at += (int) literals;
            if (at == end) {
                return decoded;
            }
            at += OFFSET_BYTES;
            decoded += length(token & LONG_LENGTH) + SHORTEST_MATCH;
        }
    }

    private long length(int nibble) throws CorruptFrameException {
        long length = nibble;
        if (nibble == LONG_LENGTH) {
            int more;
            do {
                more = next();
                length += more;
            } while (more == 0xFF);
        }
        return length;
    }

    private int next() throws CorruptFrameException {
        if (at >= end) {
            throw damaged();
        }
        return in.get(at++) & 0xFF;
    }

    private CorruptFrameException damaged() {
        return new CorruptFrameException("LZ4 block ends inside a sequence, near byte " + at);
    }
}
