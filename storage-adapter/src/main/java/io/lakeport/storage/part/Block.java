package io.lakeport.storage.part;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A piece of a part's content, in memory or in the spill file. Written once from its begin to its end, then read. */
abstract class Block {
    /** Bytes of a block: small enough that thousands of open objects do not each hold much. */
    static final int SIZE = 256 << 10;

    private int length;

    final int length() {
        return length;
    }

    final int room() {
        return SIZE - length;
    }

    final void clear() {
        length = 0;
    }

    /** Takes what remains in the source, which is at most {@link #room()} bytes. */
    final void append(ByteBuffer source) throws IOException {
        int count = source.remaining();
        put(length, source);
        length += count;
    }

    /** Copies bytes from {@code at}; any number of threads at once. */
    abstract void get(int at, byte[] target, int offset, int count) throws IOException;

    abstract void put(int at, ByteBuffer source) throws IOException;
}
