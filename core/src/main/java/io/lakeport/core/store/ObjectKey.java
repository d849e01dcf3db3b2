package io.lakeport.core.store;

import java.util.Objects;

/**
 * Key of an object, relative to its store's root.
 *
 * @param value segments separated by {@code /}; no empty, {@code .} or {@code ..} segment, no backslash, no control
 *     character; at most 1,024 bytes of UTF-8 (the limit of S3)
 */
public record ObjectKey(String value) {
    private static final int MAX_BYTES = 1024;

    public ObjectKey {
        Objects.requireNonNull(value, "value");
        if (value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("object key of more than " + MAX_BYTES + " bytes: "
                    + value.substring(0, 80) + "…; shorten the prefix or the partition values");
        }
        if (value.indexOf('\\') >= 0 || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("object key '" + value + "' has a backslash or control character");
        }
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(
                        "object key '" + value + "' has an empty, '.' or '..' segment; a key stays below its root");
            }
        }
    }

    /** Returns the key of that text. */
    public static ObjectKey of(String value) {
        return new ObjectKey(value);
    }

    /** Returns the last segment. */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
