package io.lakeport.core.store;

import java.util.Objects;

/**
 * An object that exists.
 *
 * @param key its key
 * @param bytes its size
 * @param sha256 SHA-256 of its content in lower-case hexadecimal, empty text when the store does not know it without
 *     reading the object; always given by {@link ObjectSink#commit()}
 */
public record ObjectInfo(ObjectKey key, long bytes, String sha256) {
    public ObjectInfo {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(sha256, "sha256");
    }
}
