package io.lakeport.core.tenancy;

import io.lakeport.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of a tenant.
 *
 * @param id its name
 * @param state where it stands
 * @param settings its settings as text, without any secret; empty for one that stands in the configuration file, and
 *     for one that is deleted
 * @param version counts changes of the settings, from 1; 0 where there are none
 * @param created when it was created, or first suspended where it stands in the configuration file
 * @param changed when anything of this was last changed
 * @param reason why it was suspended or deleted, for people; may be empty
 * @param removed what its deletion has removed so far
 * @param proof of its deletion, once it is deleted
 * @param revision by which a change is held against others
 */
public record TenantRecord(
        TenantId id,
        TenantState state,
        Optional<String> settings,
        long version,
        Instant created,
        Instant changed,
        String reason,
        List<RemovedPart> removed,
        Optional<DeletionProof> proof,
        long revision) {
    public TenantRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(changed, "changed");
        Objects.requireNonNull(reason, "reason");
        removed = List.copyOf(removed);
        Objects.requireNonNull(proof, "proof");
    }

    TenantRecord in(TenantState other, String why, Instant now) {
        return new TenantRecord(id, other, settings, version, created, now, why, removed, proof, revision);
    }

    TenantRecord withSettings(String text, Instant now) {
        return new TenantRecord(
                id, state, Optional.of(text), version + 1, created, now, reason, removed, proof, revision);
    }

    TenantRecord withRemoved(List<RemovedPart> parts, Instant now) {
        return new TenantRecord(id, state, settings, version, created, now, reason, parts, proof, revision);
    }

    /** Nothing is left but the id and the proof; a reason may name people. */
    TenantRecord tombstone(DeletionProof made) {
        return new TenantRecord(
                id,
                TenantState.DELETED,
                Optional.empty(),
                0,
                created,
                made.finished(),
                "",
                List.of(),
                Optional.of(made),
                revision);
    }

    TenantRecord at(long written) {
        return new TenantRecord(id, state, settings, version, created, changed, reason, removed, proof, written);
    }
}
