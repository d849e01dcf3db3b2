package io.lakeport.core.state;

import java.time.Duration;
import java.util.Optional;

/**
 * The documents and leases of one tenant, or of Lakeport itself. A handle reaches its own space and no other, because
 * none of its methods takes the name of one. Thread-safe; calls block, each for the store's {@code timeout} at most.
 *
 * <p>Every method throws {@link io.lakeport.core.error.LakeportException}: UNAVAILABLE (STATE_UNAVAILABLE) when the
 * store cannot be reached, and nothing was changed then; OUTCOME_UNKNOWN when the answer to a change was lost and could
 * not be found out within the timeout.
 */
public interface StateSpace {
    /** Returns a document, empty when it is not there. */
    Optional<Document> get(DocumentKey key);

    /**
     * Returns documents of a kind in the order of their keys, by code points. A document that is there during the whole
     * of a listing is in it exactly once.
     *
     * @param prefix what keys begin with; empty for all of the kind
     * @param after where to go on: {@link DocumentPage#next()} of the page before, empty for the first
     * @param limit most documents of a page, 1 to 1000
     */
    DocumentPage list(String kind, String prefix, Optional<String> after, int limit);

    /**
     * Applies a batch: when it returns, all of it is on disk; when it throws anything but OUTCOME_UNKNOWN, none of it
     * happened. A batch that had been applied within the last day is not applied again, and its revision is returned.
     *
     * @return the revision that every document has which it wrote
     * @throws io.lakeport.core.error.LakeportException CONFLICT (STATE_CONFLICT) naming a document that is not as
     *     expected; CONFLICT (LEASE_LOST) when a lease that it requires has ended
     */
    long apply(Batch batch);

    /** Writes one document, whatever was there; returns its revision. */
    default long put(DocumentKey key, byte[] content) {
        return apply(Batch.builder().put(key, content).build());
    }

    /**
     * Writes one document that must not be there yet; returns its revision.
     *
     * @throws io.lakeport.core.error.LakeportException CONFLICT when it is there
     */
    default long create(DocumentKey key, byte[] content) {
        return apply(Batch.builder().create(key, content).build());
    }

    /**
     * Writes one document that must still be at a revision; returns the new one.
     *
     * @throws io.lakeport.core.error.LakeportException CONFLICT when it is not
     */
    default long replace(DocumentKey key, byte[] content, long revision) {
        return apply(Batch.builder().replace(key, content, revision).build());
    }

    /** Removes one document, if it is there. */
    default void delete(DocumentKey key) {
        apply(Batch.builder().delete(key).build());
    }

    /**
     * Takes a lease that nobody holds, or whose time has passed. The same owner does not get it twice.
     *
     * @param owner who asks, for people: host, process, thread
     * @param ttl for how long, 1 ms to 1 day
     * @return empty while someone holds it
     */
    Optional<Lease> acquire(String name, String owner, Duration ttl);

    /**
     * Holds a lease for its {@code ttl} from now on, even if its time had passed, as long as nobody else took it.
     *
     * @return empty when it was lost: stop what it was for
     */
    Optional<Lease> renew(Lease lease);

    /** Gives a lease back; returns whether it was still this one's. Idempotent. */
    boolean release(Lease lease);

    /** Returns who holds a lease now, empty when nobody does. */
    Optional<Lease> holder(String name);

    /** Removes every document and lease of this space, all at once; the space can be used again afterwards. */
    Erased erase();

    /**
     * What an erasure removed.
     *
     * @param documents how many documents
     * @param leases how many leases, held or not
     */
    record Erased(long documents, long leases) {}
}
