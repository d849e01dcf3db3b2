package io.lakeport.core.connector;

import java.util.Map;

/** A third party's work with one tenant's data. Not thread-safe. */
public interface Connector extends AutoCloseable {
    /**
     * Does the work once.
     *
     * @param arguments what the caller gave, by name
     * @return what it did, in one line for a person
     */
    String run(Map<String, String> arguments);

    @Override
    default void close() {}
}
