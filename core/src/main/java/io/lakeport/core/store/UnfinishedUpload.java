package io.lakeport.core.store;

import java.time.Instant;
import java.util.Objects;

/**
 * A write that was begun and neither committed nor given up, by this process or another. It cannot be seen from here
 * whether its writer still lives, so its age decides.
 *
 * @param key of the object that it would make
 * @param id by which the store knows it; opaque
 * @param since when it was begun, by the store's clock
 */
public record UnfinishedUpload(ObjectKey key, String id, Instant since) {
    public UnfinishedUpload {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(since, "since");
    }
}
