package io.lakeport.core.export;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store in memory that keeps the promises of the port. */
final class InMemoryStore implements ObjectStore {
    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public String root() {
        return "memory:///";
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        return new Sink(key, mode);
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        byte[] bytes = objects.get(key.value());
        if (bytes == null) {
            throw new LakeportException(CoreError.OBJECT_NOT_FOUND, key + " is missing");
        }
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return Optional.ofNullable(objects.get(key.value())).map(bytes -> new ObjectInfo(key, bytes.length, ""));
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new ObjectInfo(ObjectKey.of(entry.getKey()), entry.getValue().length, ""))
                .toList();
    }

    @Override
    public void delete(ObjectKey key) {
        objects.remove(key.value());
    }

    @Override
    public void close() {}

    private final class Sink implements ObjectSink {
        private final ObjectKey key;
        private final CreateMode mode;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Sink(ObjectKey key, CreateMode mode) {
            this.key = key;
            this.mode = mode;
        }

        @Override
        public int write(ByteBuffer source) {
            byte[] copy = new byte[source.remaining()];
            source.get(copy);
            bytes.writeBytes(copy);
            return copy.length;
        }

        @Override
        public long position() {
            return bytes.size();
        }

        @Override
        public ObjectInfo commit() {
            byte[] whole = bytes.toByteArray();
            if (mode == CreateMode.REPLACE) {
                objects.put(key.value(), whole);
            } else if (objects.putIfAbsent(key.value(), whole) != null) {
                throw new LakeportException(CoreError.OBJECT_EXISTS, key + " exists");
            }
            return new ObjectInfo(key, whole.length, Sha256.of(whole));
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
