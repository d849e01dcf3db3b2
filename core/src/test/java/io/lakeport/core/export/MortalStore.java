package io.lakeport.core.export;

import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The store of a process that is killed at its n-th change of the target: just before the change, or just after it. From
 * then on nothing that the process does reaches the target, its cleaning up included.
 */
final class MortalStore implements ObjectStore {
    /** The process is dead. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed");
        }
    }

    private final ObjectStore inner;
    private final int lastChange;
    private final boolean itReachesTheTarget;
    private final AtomicInteger changes = new AtomicInteger();

    MortalStore(ObjectStore inner, int lastChange, boolean itReachesTheTarget) {
        this.inner = inner;
        this.lastChange = lastChange;
        this.itReachesTheTarget = itReachesTheTarget;
    }

    int changes() {
        return changes.get();
    }

    private synchronized <T> T change(java.util.function.Supplier<T> effect) {
        int number = changes.incrementAndGet();
        if (number > lastChange || number == lastChange && !itReachesTheTarget) {
            throw new Killed();
        }
        T result = effect.get();
        if (number == lastChange) {
            throw new Killed();
        }
        return result;
    }

    private ObjectStore living() {
        if (changes.get() >= lastChange) {
            throw new Killed();
        }
        return inner;
    }

    @Override
    public String root() {
        return inner.root();
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        ObjectSink sink = living().create(key, mode);
        return new ObjectSink() {
            @Override
            public long position() {
                return sink.position();
            }

            @Override
            public ObjectInfo commit() {
                return change(sink::commit);
            }

            @Override
            public int write(ByteBuffer source) throws IOException {
                return sink.write(source);
            }

            @Override
            public boolean isOpen() {
                return sink.isOpen();
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        return living().read(key);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return living().stat(key);
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return living().list(prefix);
    }

    @Override
    public void delete(ObjectKey key) {
        change(() -> {
            inner.delete(key);
            return true;
        });
    }

    @Override
    public void close() {}
}
