package io.lakeport.core.rotation;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** The record of one rotation, written only by the host that holds its lease. Confined to one thread. */
final class RotationJournal {
    private static final String KIND = "rotation";

    private final StateSpace space;
    private final RotationSubject subject;
    private final RotationListener listener;
    private Lease lease;
    private RotationRecord record;
    private long revision;

    RotationJournal(StateSpace space, RotationSubject subject, RotationListener listener, Lease lease) {
        this.space = space;
        this.subject = subject;
        this.listener = listener;
        this.lease = lease;
        Optional<Document> there = space.get(key(subject));
        this.record =
                there.map(document -> RotationRecord.parse(document.text())).orElseGet(RotationRecord::none);
        this.revision = there.map(Document::revision).orElse(0L);
    }

    static String leaseName(RotationSubject subject) {
        return "rotation/" + subject.name();
    }

    static Optional<RotationRecord> read(StateSpace space, RotationSubject subject) {
        return space.get(key(subject)).map(document -> RotationRecord.parse(document.text()));
    }

    private static DocumentKey key(RotationSubject subject) {
        return DocumentKey.of(KIND, subject.name());
    }

    RotationRecord record() {
        return record;
    }

    /**
     * Returns the time by the clock of the store, which all hosts have in common, and makes sure that the lease is still
     * ours: whatever changes something for others comes right after it.
     */
    Instant now() {
        lease = space.renew(lease)
                .orElseThrow(() -> new LakeportException(
                        StateError.LEASE_LOST,
                        "the rotation of " + subject
                                + " took longer than its lease, and another host has taken it over;"
                                + " it goes on there"));
        return lease.expires().minus(lease.ttl());
    }

    void write(RotationRecord next, String text) {
        // A step may have taken longer than the lease; if nobody took it over, it is still ours.
        Instant unusedTime = now();
        byte[] bytes = next.toText().getBytes(StandardCharsets.UTF_8);
        Batch.Builder batch = Batch.builder().require(lease);
        Batch.Builder unused =
                revision == 0 ? batch.create(key(subject), bytes) : batch.replace(key(subject), bytes, revision);
        revision = space.apply(batch.build());
        record = next;
        listener.happened(subject, next.phase(), text);
    }
}
