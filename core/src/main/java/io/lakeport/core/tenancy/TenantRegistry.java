package io.lakeport.core.tenancy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.DocumentPage;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of tenants beyond a process: the settings of those that were created at run time, and the state of
 * those and of others. Every change is held against what it was decided on, so that of two hosts that change a tenant at
 * once one does, and the other is told. Records are kept in the host's own space, because they outlive the tenant's.
 * Thread-safe.
 */
public final class TenantRegistry {
    private static final String KIND = "tenant";
    private static final int LONGEST_REASON = 200;

    private final StateStore store;
    private final Clock clock;

    /** Creates the registry of a store. */
    public TenantRegistry(StateStore store, Clock clock) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** A page of records. */
    public record Page(List<TenantRecord> records, Optional<String> next) {
        public Page {
            records = List.copyOf(records);
        }
    }

    /** Returns what is remembered of a tenant, empty when nothing is. */
    public Optional<TenantRecord> find(TenantId id) {
        return space().get(key(id)).map(RecordText::read);
    }

    /**
     * Returns what is remembered, in the order of ids.
     *
     * @param after {@link Page#next()} of the page before, empty for the first
     * @param limit 1 to 1000
     */
    public Page list(Optional<String> after, int limit) {
        DocumentPage page = space().list(KIND, "", after, limit);
        return new Page(page.documents().stream().map(RecordText::read).toList(), page.next());
    }

    /**
     * Remembers a new tenant, active.
     *
     * @param settings without any secret
     * @throws LakeportException CONFLICT (TENANT_EXISTS) when there is one of that id, or was
     */
    public TenantRecord create(TenantId id, String settings) {
        Instant now = now();
        TenantRecord made = new TenantRecord(
                id, TenantState.ACTIVE, Optional.of(settings), 1, now, now, "", List.of(), Optional.empty(), 0);
        try {
            return made.at(space().create(key(id), bytes(made)));
        } catch (LakeportException e) {
            throw e.is(StateError.STATE_CONFLICT) ? exists(id) : e;
        }
    }

    private LakeportException exists(TenantId id) {
        boolean gone =
                find(id).filter(found -> found.state() == TenantState.DELETED).isPresent();
        return new LakeportException(
                        TenancyError.TENANT_EXISTS,
                        gone
                                ? "there was a tenant '" + id + "', which is deleted; take another id, so that what was"
                                        + " proved of the first is not mixed up with the second"
                                : "there is a tenant '" + id + "' already; change it, or take another id")
                .with("tenant", id.value());
    }

    /**
     * Replaces the settings of a tenant.
     *
     * @param version of the settings that the change was decided on
     * @throws LakeportException CONFLICT (TENANT_CHANGED) when they are of another version now
     */
    public TenantRecord change(TenantId id, String settings, long version) {
        TenantRecord found = require(id);
        if (found.state() == TenantState.DELETING || found.state() == TenantState.DELETED) {
            throw refused(found, "change");
        }
        if (found.version() != version) {
            throw changed(id);
        }
        return write(found, found.withSettings(settings, now()), List.of());
    }

    /**
     * Suspends a tenant. Idempotent: one that is suspended stays as it is.
     *
     * @param fixed whether it stands in the configuration file, so that nothing may be remembered of it yet
     * @param reason for people, one line, at most {@value #LONGEST_REASON} characters; may be empty
     */
    public TenantRecord suspend(TenantId id, boolean fixed, String reason) {
        Optional<TenantRecord> found = find(id);
        if (found.isEmpty() && fixed) {
            return begin(id, TenantState.SUSPENDED, reason);
        }
        TenantRecord there = found.orElseThrow(() -> unknown(id));
        return switch (there.state()) {
            case SUSPENDED -> there;
            case ACTIVE -> write(there, there.in(TenantState.SUSPENDED, line(reason), now()), List.of());
            default -> throw refused(there, "suspend");
        };
    }

    /** Makes a suspended tenant active. Idempotent. */
    public TenantRecord resume(TenantId id) {
        TenantRecord there = require(id);
        return switch (there.state()) {
            case ACTIVE -> there;
            case SUSPENDED -> write(there, there.in(TenantState.ACTIVE, "", now()), List.of());
            default -> throw refused(there, "resume");
        };
    }

    /** Remembers that a tenant is to be deleted, from where there is no way back. Idempotent. */
    TenantRecord beginDeletion(TenantId id, String reason) {
        Optional<TenantRecord> found = find(id);
        if (found.isEmpty()) {
            return begin(id, TenantState.DELETING, reason);
        }
        TenantRecord there = found.get();
        return switch (there.state()) {
            case ACTIVE, SUSPENDED -> write(there, there.in(TenantState.DELETING, line(reason), now()), List.of());
            default -> there;
        };
    }

    private TenantRecord begin(TenantId id, TenantState state, String reason) {
        Instant now = now();
        TenantRecord made = new TenantRecord(
                id, state, Optional.empty(), 0, now, now, line(reason), List.of(), Optional.empty(), 0);
        try {
            return made.at(space().create(key(id), bytes(made)));
        } catch (LakeportException e) {
            throw e.is(StateError.STATE_CONFLICT) ? changed(id) : e;
        }
    }

    TenantRecord removed(TenantRecord seen, List<RemovedPart> parts, Lease lease) {
        return write(seen, seen.withRemoved(parts, now()), List.of(lease));
    }

    TenantRecord finish(TenantRecord seen, DeletionProof proof, Lease lease) {
        return write(seen, seen.tombstone(proof), List.of(lease));
    }

    /**
     * Erases what a late writer may have put into the space of a tenant that is deleted. To erase also makes a store give
     * up what documents said before they were last written, and the record said more than the tombstone does.
     */
    void eraseSpace(TenantId id) {
        StateSpace.Erased unused = store.of(id).erase();
    }

    /** Forgets a tenant that is deleted, its proof included; returns whether it was still there. */
    public boolean forget(TenantId id) {
        Optional<TenantRecord> found = find(id);
        if (found.isEmpty()) {
            return false;
        }
        if (found.get().state() != TenantState.DELETED) {
            throw refused(found.get(), "forget");
        }
        space().apply(Batch.builder().delete(key(id), found.get().revision()).build());
        return true;
    }

    StateSpace space() {
        return store.host();
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private TenantRecord require(TenantId id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    private TenantRecord write(TenantRecord seen, TenantRecord next, List<Lease> leases) {
        Batch.Builder batch = Batch.builder().replace(key(seen.id()), bytes(next), seen.revision());
        leases.forEach(batch::require);
        try {
            return next.at(space().apply(batch.build()));
        } catch (LakeportException e) {
            throw e.is(StateError.STATE_CONFLICT) ? changed(seen.id()) : e;
        }
    }

    private static DocumentKey key(TenantId id) {
        return DocumentKey.of(KIND, id.value());
    }

    private static byte[] bytes(TenantRecord record) {
        return RecordText.write(record).getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
    }

    private static LakeportException unknown(TenantId id) {
        return new LakeportException(CoreError.UNKNOWN_TENANT, "there is no tenant '" + id + "'")
                .with("tenant", id.value());
    }

    private static LakeportException changed(TenantId id) {
        return new LakeportException(
                        TenancyError.TENANT_CHANGED,
                        "tenant '" + id + "' was changed by someone else meanwhile, so nothing was changed now; look at"
                                + " it again and decide anew")
                .with("tenant", id.value());
    }

    private static LakeportException refused(TenantRecord there, String what) {
        return new LakeportException(
                        there.state() == TenantState.DELETED ? TenancyError.TENANT_DELETED : TenancyError.TENANT_STATE,
                        "tenant '" + there.id() + "' is " + there.state().name().toLowerCase(java.util.Locale.ROOT)
                                + " since " + there.changed() + ", so one cannot " + what + " it")
                .with("tenant", there.id().value());
    }

    /** Throws unless the tenant of that record can be used now. */
    public static void requireActive(TenantRecord record) {
        switch (record.state()) {
            case ACTIVE -> {}
            case SUSPENDED ->
                throw new LakeportException(
                                TenancyError.TENANT_SUSPENDED,
                                "tenant '" + record.id() + "' is suspended since " + record.changed()
                                        + (record.reason().isEmpty() ? "" : " (" + record.reason() + ")")
                                        + ", so nothing is done for it; 'lakeport tenant resume " + record.id()
                                        + "' ends that")
                        .with("tenant", record.id().value());
            case DELETING, DELETED ->
                throw new LakeportException(
                                TenancyError.TENANT_DELETED,
                                "tenant '" + record.id() + "' "
                                        + (record.state() == TenantState.DELETED
                                                ? "was deleted at " + record.changed() + "; its proof is shown by"
                                                        + " 'lakeport tenant show "
                                                : "is being deleted since " + record.changed()
                                                        + "; the deletion is ended by 'lakeport tenant delete ")
                                        + record.id() + "'")
                        .with("tenant", record.id().value());
            default -> throw new IllegalStateException("state " + record.state());
        }
    }
}
