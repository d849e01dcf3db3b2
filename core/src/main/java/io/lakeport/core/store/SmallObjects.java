package io.lakeport.core.store;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads and writes objects that fit into memory, such as manifests. Thread-safe as its store is. */
public final class SmallObjects {
    private static final int BLOCK = 64 * 1024;

    private final ObjectStore store;

    /** Creates the access to a store's small objects. */
    public SmallObjects(ObjectStore store) {
        this.store = store;
    }

    /**
     * Writes an object.
     *
     * @throws LakeportException CONFLICT (OBJECT_EXISTS) when it exists and the mode refuses that
     */
    public void write(ObjectKey key, byte[] bytes, CreateMode mode) {
        try (ObjectSink sink = store.create(key, mode)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                sink.write(buffer);
            }
            sink.commit();
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "'" + store.root() + key + "' could not be written: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Returns the content of an object.
     *
     * @throws LakeportException NOT_FOUND when there is none
     */
    public byte[] read(ObjectKey key) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (ReadableByteChannel channel = store.read(key)) {
            while (channel.read(block) >= 0) {
                all.write(block.array(), 0, block.position());
                block.clear();
            }
            return all.toByteArray();
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.SERVICE_UNAVAILABLE,
                    "'" + store.root() + key + "' could not be read: " + e.getMessage(),
                    e);
        }
    }
}
