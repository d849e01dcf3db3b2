package io.lakeport.core.state;

/** SPI: opens state stores of one kind. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface StateStoreProvider {
    /** Returns the name by which configuration chooses it, for example {@code embedded} or {@code postgresql}. */
    String name();

    /**
     * Opens the store, creating an empty one where there is none. A database of an older version is migrated, unless
     * the property {@code migrate} is {@code manual}: then only {@link StateStore#status()} and {@link
     * StateStore#migrate()} work until it is.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST naming a setting that is missing, unknown (with
     *     the nearest known one) or malformed, or (STATE_VERSION) a database of a newer version; UNAVAILABLE when it
     *     cannot be reached; UNAUTHENTICATED or PERMISSION_DENIED when it may not be
     */
    StateStore open(StateStoreContext context);
}
