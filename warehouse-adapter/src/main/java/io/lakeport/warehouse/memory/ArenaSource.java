package io.lakeport.warehouse.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Memory of {@code java.lang.foreign.Arena}, which JDK 22 and later have: a buffer that is touched after it was given
 * back fails there, where it would crash the process otherwise. Reached by method handles, because we compile for 17.
 */
final class ArenaSource implements DirectBlock.Source {
    private static final int FIRST_JDK = 22;

    private final MethodHandle ofShared;
    private final MethodHandle allocate;
    private final MethodHandle asByteBuffer;

    private ArenaSource() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> arena = Class.forName("java.lang.foreign.Arena");
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        ofShared = lookup.findStatic(arena, "ofShared", MethodType.methodType(arena));
        allocate = lookup.findVirtual(arena, "allocate", MethodType.methodType(segment, long.class));
        asByteBuffer = lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
    }

    static Optional<DirectBlock.Source> find() {
        if (Runtime.version().feature() < FIRST_JDK) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ArenaSource());
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    @Override
    public DirectBlock allocate(int bytes) {
        try {
            AutoCloseable arena = (AutoCloseable) ofShared.invoke();
            ByteBuffer buffer = (ByteBuffer) asByteBuffer.invoke(allocate.invoke(arena, (long) bytes));
            return new DirectBlock(buffer, () -> close(arena));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the JVM gave no memory of an arena", e);
        }
    }

    private static void close(AutoCloseable arena) {
        try {
            arena.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the JVM took no memory of an arena back", e);
        }
    }
}
