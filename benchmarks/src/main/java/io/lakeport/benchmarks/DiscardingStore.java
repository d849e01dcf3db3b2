package io.lakeport.benchmarks;

import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;

/** Takes objects and keeps nothing but their size. */
final class DiscardingStore implements ObjectStore {
    @Override
    public String root() {
        return "nowhere:/";
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        return new Sink(key);
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return Optional.empty();
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return List.of();
    }

    @Override
    public void delete(ObjectKey key) {}

    @Override
    public void close() {}

    private static final class Sink implements ObjectSink {
        private final ObjectKey key;
        private long position;

        Sink(ObjectKey key) {
            this.key = key;
        }

        @Override
        public int write(ByteBuffer source) {
            int length = source.remaining();
            source.position(source.limit());
            position += length;
            return length;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public ObjectInfo commit() {
            return new ObjectInfo(key, position, "0".repeat(64));
        }

        @Override
        public void close() {}
    }
}
