package io.lakeport.core.store;

import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A store that begins nothing after a deadline, for work that is made of many calls. Each call is bounded by the store
 * itself; this bounds their number, so the whole ends at most one call after its deadline. As thread-safe as the store.
 */
public final class BoundedStore implements ObjectStore {
    private final ObjectStore store;
    private final Deadline deadline;
    private final String what;

    /**
     * Creates one over {@code store}, which is closed with it.
     *
     * @param what the work that is bounded, for the message
     */
    public BoundedStore(ObjectStore store, Deadline deadline, String what) {
        this.store = Objects.requireNonNull(store, "store");
        this.deadline = Objects.requireNonNull(deadline, "deadline");
        this.what = Objects.requireNonNull(what, "what");
    }

    @Override
    public String root() {
        return store.root();
    }

    @Override
    public ObjectSink create(ObjectKey key, CreateMode mode) {
        deadline.check(what);
        return store.create(key, mode);
    }

    @Override
    public ReadableByteChannel read(ObjectKey key) {
        deadline.check(what);
        ReadableByteChannel channel = store.read(key);
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) throws IOException {
                deadline.check(what);
                return channel.read(into);
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key) {
        deadline.check(what);
        return store.stat(key);
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        deadline.check(what);
        return store.list(prefix);
    }

    @Override
    public void delete(ObjectKey key) {
        deadline.check(what);
        store.delete(key);
    }

    @Override
    public List<UnfinishedUpload> unfinished() {
        deadline.check(what);
        return store.unfinished();
    }

    @Override
    public void abort(UnfinishedUpload upload) {
        deadline.check(what);
        store.abort(upload);
    }

    @Override
    public void close() {
        store.close();
    }
}
