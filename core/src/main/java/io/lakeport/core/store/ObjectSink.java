package io.lakeport.core.store;

import java.nio.channels.WritableByteChannel;

/**
 * An object being written. Not thread-safe. Nothing is visible, and nothing stays behind, unless {@link #commit()}
 * returned.
 */
public interface ObjectSink extends WritableByteChannel {
    /** Returns how many bytes were written so far. */
    long position();

    /**
     * Makes the object durable and visible under its key, in one step.
     *
     * @throws io.lakeport.core.error.LakeportException CONFLICT when the key exists and the mode refuses that;
     *     OUTCOME_UNKNOWN when the store may have taken it
     */
    ObjectInfo commit();

    /** Gives up what was not committed; idempotent, and without effect after {@link #commit()}. */
    @Override
    void close();
}
