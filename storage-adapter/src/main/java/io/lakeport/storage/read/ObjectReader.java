package io.lakeport.storage.read;

import java.util.concurrent.Callable;

/** What a store does to read one object. */
public interface ObjectReader {
    /**
     * Asks for content; called under the guard.
     *
     * @param offset of the first byte wanted
     * @param version which must be the object's still, empty for any
     * @throws Exception as the store's exchange throws; CONFLICT when it is another version
     */
    ObjectBody open(long offset, String version) throws Exception;

    /** Runs one exchange under the guard. */
    <T> T guarded(Callable<T> exchange);

    /** Returns what is read, for messages. */
    String where();
}
