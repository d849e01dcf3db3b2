package io.lakeport.warehouse.result;

import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where one chunk's bytes are: behind a presigned link, or in the answer itself. Its {@link #toString()} hides the
 * link, which is a credential.
 *
 * @param index position in the result, from 0
 * @param rowOffset rows of the result before it, empty when the server does not say
 * @param rowCount rows in it, empty when the server does not say
 * @param byteCount bytes as they travel, 0 when the server does not say
 * @param next index of the chunk after it, empty for the last one
 * @param place link or bytes
 */
public record ChunkSource(
        long index, OptionalLong rowOffset, OptionalLong rowCount, long byteCount, OptionalLong next, Place place) {
    public ChunkSource {
        Objects.requireNonNull(rowOffset, "rowOffset");
        Objects.requireNonNull(rowCount, "rowCount");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(place, "place");
        if (index < 0 || rowOffset.orElse(0) < 0 || rowCount.orElse(0) < 0 || byteCount < 0) {
            throw new IllegalArgumentException("a chunk's index and counts are never negative");
        }
    }

    /** Link or bytes: exactly one is there. */
    public record Place(Optional<Link> link, Optional<InlineBytes> inline) {
        public Place {
            if (link.isPresent() == inline.isPresent()) {
                throw new IllegalArgumentException("a chunk has a link or inline bytes, and not both");
            }
        }
    }

    /**
     * A presigned link. It lives about 15 minutes (Statement Execution API, "EXTERNAL_LINKS").
     *
     * @param url where to GET, without the workspace's token
     * @param expires when it ends, far ahead when the server does not say
     * @param headers what the storage wants to see, for example encryption keys
     */
    public record Link(URI url, Deadline expires, Map<String, String> headers) {
        public Link {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(expires, "expires");
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "Link[" + url.getHost() + ", for " + expires.remaining().toSeconds() + " s]";
        }
    }

    @Override
    public String toString() {
        return "ChunkSource[" + index + "]";
    }
}
