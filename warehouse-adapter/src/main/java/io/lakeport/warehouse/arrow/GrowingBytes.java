package io.lakeport.warehouse.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian bytes on the heap that grow as they are written. Not thread-safe. */
final class GrowingBytes {
    private static final int FIRST_CAPACITY = 1024;

    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY).order(ByteOrder.LITTLE_ENDIAN);

    /** Returns the buffer with room for so many bytes at its position. */
    ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            long wanted = Math.max(2L * buffer.capacity(), (long) buffer.position() + bytes);
            if (wanted > Integer.MAX_VALUE - 8) {
                wanted = Math.addExact(buffer.position(), bytes);
            }
            ByteBuffer larger = ByteBuffer.allocate((int) wanted).order(ByteOrder.LITTLE_ENDIAN);
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }

    int length() {
        return buffer.position();
    }

    void copyTo(ByteBuffer target) {
        target.put(buffer.array(), 0, buffer.position());
    }

    void clear() {
        buffer.clear();
    }
}
