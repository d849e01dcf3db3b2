package io.lakeport.core.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Changes to documents of one space that happen all together or not at all. A batch has an identity: to apply the same
 * object again, after its outcome was unknown, changes nothing when it had been applied.
 *
 * @param id its identity
 * @param changes at most one for each document, in the order of their keys, {@value #MOST_CHANGES} at most
 * @param leases leases that must still be held when it is applied
 */
public record Batch(UUID id, List<Change> changes, List<Lease> leases) {
    /** How many documents one batch can change. */
    public static final int MOST_CHANGES = 1000;

    /** How many bytes one document can hold. */
    public static final int MOST_BYTES = 4 << 20;

    public Batch {
        Objects.requireNonNull(id, "id");
        changes = List.copyOf(changes);
        leases = List.copyOf(leases);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a batch changes at least one document; this one changes none");
        }
        if (changes.size() > MOST_CHANGES) {
            throw new IllegalArgumentException("a batch changes " + MOST_CHANGES + " documents at most, not "
                    + changes.size() + "; write them in several batches");
        }
    }

    /** Begins a batch. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects changes. Not thread-safe. */
    public static final class Builder {
        private final SortedMap<DocumentKey, Change> changes = new TreeMap<>();
        private final List<Lease> leases = new ArrayList<>();

        private Builder() {}

        /** Writes a document, whatever was there; the last writer wins. */
        public Builder put(DocumentKey key, byte[] content) {
            return add(key, Change.Action.PUT, Optional.of(content), Expectation.anything());
        }

        /** Writes a document as UTF-8 text, whatever was there. */
        public Builder put(DocumentKey key, String content) {
            return put(key, content.getBytes(StandardCharsets.UTF_8));
        }

        /** Writes a document that must not be there yet. */
        public Builder create(DocumentKey key, byte[] content) {
            return add(key, Change.Action.PUT, Optional.of(content), Expectation.absent());
        }

        /** Writes a document that must still be at a revision. */
        public Builder replace(DocumentKey key, byte[] content, long revision) {
            return add(key, Change.Action.PUT, Optional.of(content), Expectation.revision(revision));
        }

        /** Removes a document; that it is not there is no error. */
        public Builder delete(DocumentKey key) {
            return add(key, Change.Action.DELETE, Optional.empty(), Expectation.anything());
        }

        /** Removes a document that must still be at a revision. */
        public Builder delete(DocumentKey key, long revision) {
            return add(key, Change.Action.DELETE, Optional.empty(), Expectation.revision(revision));
        }

        /** Makes sure that a document which is not changed is still at a revision when the others are. */
        public Builder require(DocumentKey key, long revision) {
            return add(key, Change.Action.CHECK, Optional.empty(), Expectation.revision(revision));
        }

        /** Makes sure that a lease of the same space is still held, so that a host that lost it writes nothing. */
        public Builder require(Lease lease) {
            leases.add(lease);
            return this;
        }

        private Builder add(DocumentKey key, Change.Action action, Optional<byte[]> content, Expectation expected) {
            int size = content.map(bytes -> bytes.length).orElse(0);
            if (size > MOST_BYTES) {
                throw new IllegalArgumentException("document '" + key + "' has " + size + " bytes, and " + MOST_BYTES
                        + " is the most; keep large data in an object store and its place here");
            }
            if (changes.put(key, new Change(key, action, content, expected)) != null) {
                throw new IllegalArgumentException(
                        "document '" + key + "' is changed twice in one batch; give its last content only");
            }
            return this;
        }

        /** Returns the batch, with an identity of its own. */
        public Batch build() {
            return new Batch(UUID.randomUUID(), List.copyOf(changes.values()), leases);
        }
    }
}
