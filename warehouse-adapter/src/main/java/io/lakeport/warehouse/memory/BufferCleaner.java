package io.lakeport.warehouse.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the memory of a direct buffer back at once. The garbage collector would do it as well, but only when the heap
 * is under pressure, which direct memory does not put it under.
 */
final class BufferCleaner {
    private static final @Nullable MethodHandle INVOKE_CLEANER = find();

    private BufferCleaner() {}

    /** Frees a buffer that came from {@link ByteBuffer#allocateDirect} and that nobody uses any more. */
    static void free(ByteBuffer buffer) {
        MethodHandle cleaner = INVOKE_CLEANER;
        if (cleaner == null) {
            // Not offered by this JVM: the garbage collector frees it later.
            return;
        }
        try {
            cleaner.invokeExact(buffer);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the JVM refused to free a direct buffer", e);
        }
    }

    private static @Nullable MethodHandle find() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(instance.get(null));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
