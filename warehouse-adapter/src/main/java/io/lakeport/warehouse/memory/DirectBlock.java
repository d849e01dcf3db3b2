package io.lakeport.warehouse.memory;

import java.nio.ByteBuffer;

/**
 * A piece of direct memory that is given back at once and not when the garbage collector comes by: direct memory puts
 * no pressure on the heap, so the collector would come late.
 *
 * @param buffer the memory
 * @param release gives it back; run once, when nobody touches the buffer any more
 */
record DirectBlock(ByteBuffer buffer, Runnable release) {
    /** Where blocks come from in this JVM. */
    interface Source {
        /** Returns a block of that many bytes; throws OutOfMemoryError when the JVM's ceiling is reached. */
        DirectBlock allocate(int bytes);
    }

    private static final Source SOURCE =
            ArenaSource.find().or(CleanerSource::find).orElse(DirectBlock::collected);

    static DirectBlock allocate(int bytes) {
        return SOURCE.allocate(bytes);
    }

    /** A JVM that offers neither way frees memory in its own time. */
    private static DirectBlock collected(int bytes) {
        return new DirectBlock(ByteBuffer.allocateDirect(bytes), () -> {});
    }
}
