package io.lakeport.storage.part;

import java.nio.ByteBuffer;

/** A block outside the heap, which belongs to the encoders. */
final class MemoryBlock extends Block {
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(SIZE);

    @Override
    void get(int at, byte[] target, int offset, int count) {
        bytes.get(at, target, offset, count);
    }

    @Override
    void put(int at, ByteBuffer source) {
        bytes.put(at, source, source.position(), source.remaining());
        source.position(source.limit());
    }
}
