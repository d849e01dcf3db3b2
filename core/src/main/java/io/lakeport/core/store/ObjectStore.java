package io.lakeport.core.store;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
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
     * @throws LakeportException PERMISSION_DENIED when the root is not writable
     */
    ObjectSink create(ObjectKey key, CreateMode mode);

    /**
     * Opens an object for reading, from its first byte. When the connection breaks, reading goes on where it stopped;
     * the channel never shows bytes of two versions of an object.
     *
     * @throws LakeportException NOT_FOUND when there is none; from the channel's {@code read}:
     *     CONFLICT when the object was replaced after it was opened and its old content is gone
     */
    ReadableByteChannel read(ObjectKey key);

    /** Returns size and key of an object, empty when there is none. */
    Optional<ObjectInfo> stat(ObjectKey key);

    /** Returns every object whose key begins with {@code prefix} (which may be empty), ordered by key. */
    List<ObjectInfo> list(String prefix);

    /** Removes an object; an absent one is no error. */
    void delete(ObjectKey key);

    /**
     * Returns the uploads below the root that were begun and are neither committed nor given up, of any process; the
     * store keeps their bytes, and a cloud bills them, until they are given up. Empty where none can stay behind, or
     * where the store removes them by itself.
     */
    default List<UnfinishedUpload> unfinished() {
        return List.of();
    }

    /**
     * Gives up an upload that {@link #unfinished()} named; one that is gone is no error. A writer that is still at it
     * fails, so look at {@link UnfinishedUpload#since()} first.
     */
    default void abort(UnfinishedUpload upload) {
        throw new LakeportException(
                CoreError.NOT_SUPPORTED, "'" + root() + "' has no uploads that could be given up; it names none");
    }

    /** Frees connections; idempotent. Sinks still open are aborted. */
    @Override
    void close();
}
