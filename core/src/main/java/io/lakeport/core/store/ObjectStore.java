package io.lakeport.core.store;

import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * Port: a place for objects below one root, such as a bucket prefix or a directory. Keys are relative to the root, use
 * {@code /}, and can never leave it. Thread-safe.
 *
 * <p>An object is either whole or absent: nothing is visible before {@link ObjectSink#commit()}.
 */
public interface ObjectStore extends AutoCloseable {
    /** Returns the root, ending in a slash, as a reader would name it. */
    String root();

    /**
     * Begins an object.
     *
     * @param mode whether an existing object is replaced or refused
     * @throws io.lakeport.core.error.LakeportException PERMISSION_DENIED when the root is not writable
     */
    ObjectSink create(ObjectKey key, CreateMode mode);

    /**
     * Opens an object for reading, from its first byte.
     *
     * @throws io.lakeport.core.error.LakeportException NOT_FOUND when there is none
     */
    ReadableByteChannel read(ObjectKey key);

    /** Returns size and key of an object, empty when there is none. */
    Optional<ObjectInfo> stat(ObjectKey key);

    /** Returns every object whose key begins with {@code prefix} (which may be empty), ordered by key. */
    List<ObjectInfo> list(String prefix);

    /** Removes an object; an absent one is no error. */
    void delete(ObjectKey key);

    /** Frees connections; idempotent. Sinks still open are aborted. */
    @Override
    void close();
}
