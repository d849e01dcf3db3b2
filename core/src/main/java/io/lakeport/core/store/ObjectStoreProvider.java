package io.lakeport.core.store;

import java.util.Set;

/**
 * SPI: makes the stores of some URI schemes. Found by {@link java.util.ServiceLoader}; thread-safe and stateless.
 */
public interface ObjectStoreProvider {
    /** Returns the URI schemes it serves, for example {@code file} or {@code s3}. */
    Set<String> schemes();

    /**
     * Makes a store. It performs no network call.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST naming a property that is missing, unknown
     *     (with the nearest known one) or malformed
     */
    ObjectStore open(ObjectStoreContext context);
}
