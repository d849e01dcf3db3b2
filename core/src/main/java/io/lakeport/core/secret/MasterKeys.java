package io.lakeport.core.secret;

/**
 * Port: the master keys that wrap data keys. Key material may stay where this cannot see it, as in a key service.
 * Thread-safe; calls may block and go over the network, each under a timeout of its own.
 */
public interface MasterKeys extends AutoCloseable {
    /** Returns the id of the key under which data keys are wrapped from now on; stable, unique and no secret. */
    String currentId();

    /**
     * Wraps a data key under the current key.
     *
     * @param context what it is for; {@link #unwrap} succeeds with the same context only
     */
    Wrapped wrap(byte[] dataKey, String context);

    /**
     * Opens what was wrapped.
     *
     * @throws io.lakeport.core.error.LakeportException MASTER_KEY_UNKNOWN when there is no key of that id;
     *     MASTER_KEY_WRONG when there is and it does not open these bytes; KEY_SERVICE_UNAVAILABLE or
     *     KEY_SERVICE_DENIED
     */
    byte[] unwrap(Wrapped wrapped, String context);

    @Override
    void close();

    /**
     * A data key that only the holder of the master key can use. Bytes are not copied.
     *
     * @param keyId id of the master key
     * @param bytes the wrapped key
     */
    record Wrapped(String keyId, byte[] bytes) {
        /** Names the key without its bytes. */
        @Override
        public String toString() {
            return "data key wrapped by " + keyId;
        }
    }
}
