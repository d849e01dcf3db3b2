package io.lakeport.warehouse.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Direct buffers that are freed through {@code sun.misc.Unsafe.invokeCleaner}, the only way before JDK 22. */
final class CleanerSource implements DirectBlock.Source {
    private final MethodHandle invokeCleaner;

    private CleanerSource() throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        invokeCleaner = MethodHandles.lookup()
                .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                .bindTo(instance.get(null));
    }

    static Optional<DirectBlock.Source> find() {
        try {
            return Optional.of(new CleanerSource());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public DirectBlock allocate(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        return new DirectBlock(buffer, () -> free(buffer));
    }

    private void free(ByteBuffer buffer) {
        try {
            invokeCleaner.invokeExact(buffer);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the JVM refused to free a direct buffer", e);
        }
    }
}
