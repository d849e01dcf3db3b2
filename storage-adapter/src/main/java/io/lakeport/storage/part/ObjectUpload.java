package io.lakeport.storage.part;

import io.lakeport.core.error.LakeportException;

/**
 * What a store does to write one object. Methods but {@link #part} are called by one thread, and never while a part is
 * on its way.
 */
public interface ObjectUpload {
    /** Returns how many bytes a part holds at most; {@code number} counts from 1. */
    long partSize(int number);

    /**
     * Makes the store ready for parts, where it must be told; called before each part, by several threads at once, and
     * never interrupted.
     *
     * @throws LakeportException when the object cannot be written
     */
    default void begin() {}

    /**
     * Sends a part; called by several threads at once, each number once.
     *
     * @param number counts from 1; a part is full unless it is the last
     * @throws LakeportException when the object cannot be written any more
     */
    void part(int number, Part content);

    /**
     * Makes an object of content that fits one part.
     *
     * @throws LakeportException as of {@link io.lakeport.core.store.ObjectSink#commit()}
     */
    void whole(Part content);

    /**
     * Makes an object of the parts 1 to {@code parts}, all of which were sent.
     *
     * @throws LakeportException as of {@link io.lakeport.core.store.ObjectSink#commit()}
     */
    void complete(int parts);

    /** Removes what the store keeps of an object that was not made; without effect when there is nothing; idempotent. */
    void abort();
}
