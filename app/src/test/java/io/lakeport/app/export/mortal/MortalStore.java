package io.lakeport.app.export.mortal;

import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.UnfinishedUpload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;

/** A store whose process may die at each object that becomes visible, and at each that is removed. */
final class MortalStore implements ObjectStore {
    private final ObjectStore inner;
    private final Death death;

    MortalStore(ObjectStore inner, Death death) {
        this.inner = inner;
        this.death = death;
    }

    @Override
    public String root() {
        return inner.root();
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        return new MortalSink(key, inner.create(key, mode));
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        return inner.read(key);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        return inner.stat(key);
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        return inner.list(prefix);
    }

    @Override
    public void delete(ObjectKey key) {
        death.change("delete " + key, () -> {
            inner.delete(key);
            return key;
        });
    }

    @Override
    public List<UnfinishedUpload> unfinished() {
        return inner.unfinished();
    }

    @Override
    public void abort(UnfinishedUpload upload) {
        inner.abort(upload);
    }

    @Override
    public void close() {
        inner.close();
    }

    private final class MortalSink implements ObjectSink {
        private final ObjectKey key;
        private final ObjectSink sink;

        MortalSink(ObjectKey key, ObjectSink sink) {
            this.key = key;
            this.sink = sink;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return sink.write(source);
        }

        @Override
        public long position() {
            return sink.position();
        }

        @Override
        public ObjectInfo commit() {
            return death.change("write " + key, sink::commit);
        }

        @Override
        public boolean isOpen() {
            return sink.isOpen();
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
