package io.lakeport.core.state;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * A document as it stood when it was read. Immutable: content is copied in and out.
 *
 * @param key its name
 * @param content its bytes; may be empty
 * @param revision changes whenever the document is written, and never comes again, not even after deletion or erasure
 * @param created when it was first written, by the store's clock, in milliseconds
 * @param updated when it was last written, by the store's clock, in milliseconds
 */
public record Document(DocumentKey key, byte[] content, long revision, Instant created, Instant updated) {
    public Document {
        Objects.requireNonNull(key, "key");
        content = content.clone();
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(updated, "updated");
        if (revision < 1) {
            throw new IllegalArgumentException("a revision is positive, not " + revision);
        }
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** Returns the content as UTF-8 text. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Document that
                && key.equals(that.key)
                && revision == that.revision
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, revision);
    }

    /** Names the document without its content, which may be meant for nobody's eyes. */
    @Override
    public String toString() {
        return key + " (revision " + revision + ", " + content.length + " bytes)";
    }
}
