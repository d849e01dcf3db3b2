package io.lakeport.storage.read;

import java.io.InputStream;
import java.util.Objects;

/**
 * The answer to a request for an object's content.
 *
 * @param content from the offset that was asked for
 * @param version names this version of the object, for example its ETag; empty when the store gives none
 * @param end bytes of the whole object, or -1 when the store does not say
 * @param abandon closes the connection without reading the rest
 */
public record ObjectBody(InputStream content, String version, long end, Runnable abandon) {
    public ObjectBody {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(abandon, "abandon");
    }
}
