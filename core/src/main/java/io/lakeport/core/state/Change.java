package io.lakeport.core.state;

import java.util.Objects;
import java.util.Optional;

/**
 * One part of a batch.
 *
 * @param key which document
 * @param action what happens to it
 * @param content what is put, empty for the other actions; copied in and out
 * @param expected what must be there for the batch to be applied
 */
public record Change(DocumentKey key, Action action, Optional<byte[]> content, Expectation expected) {
    /** What happens to a document. */
    public enum Action {
        /** It is written. */
        PUT,
        /** It is removed; that it was not there is no error unless a revision is expected. */
        DELETE,
        /** Nothing, but it must be at the revision that is expected. */
        CHECK
    }

    public Change {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(expected, "expected");
        content = content.map(byte[]::clone);
        if (content.isPresent() != (action == Action.PUT)) {
            throw new IllegalArgumentException("content belongs to a document that is put, and to no other");
        }
    }

    @Override
    public Optional<byte[]> content() {
        return content.map(byte[]::clone);
    }

    @Override
    public String toString() {
        return action + " " + key + " expecting " + expected;
    }
}
