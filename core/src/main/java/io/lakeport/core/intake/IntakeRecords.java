package io.lakeport.core.intake;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.DocumentPage;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Intakes as they are written down, each changed only by who saw it last; and their private keys in the vault. */
final class IntakeRecords {
    private static final String KIND = "intake";
    private static final int PAGE = 500;
    // A key is sealed before its intake is written down: one without an intake may be about to get it.
    private static final Duration ORPHAN = Duration.ofHours(1);

    private final StateStore store;
    private final SecretVault vault;
    private final Clock clock;

    /**
     * An intake and the revision at which it was read.
     */
    record Found(Intake intake, long revision) {
        static Found of(Document document) {
            return new Found(Intake.parse(document.text()), document.revision());
        }
    }

    IntakeRecords(StateStore store, SecretVault vault, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    private static DocumentKey key(String id) {
        return DocumentKey.of(KIND, id);
    }

    private static byte[] bytes(Intake intake) {
        return intake.toText().getBytes(StandardCharsets.UTF_8);
    }

    StateSpace space(TenantId tenant) {
        return store.of(tenant);
    }

    void create(Intake intake) {
        long unused = store.of(intake.offer().tenant()).create(key(intake.id()), bytes(intake));
    }

    void replace(Found found, Intake next) {
        long unused = space(next.offer().tenant()).replace(key(next.id()), bytes(next), found.revision());
    }

    void replace(Found found, Intake next, Lease held) {
        long unused = space(next.offer().tenant())
                .apply(Batch.builder()
                        .require(held)
                        .replace(key(next.id()), bytes(next), found.revision())
                        .build());
    }

    List<Found> all(TenantId tenant) {
        List<Found> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            DocumentPage page = store.of(tenant).list(KIND, "", after, PAGE);
            page.documents().forEach(document -> all.add(Found.of(document)));
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    Found requireOpen(TenantId tenant, String id) {
        Found found = store.of(tenant)
                .get(key(id))
                .map(Found::of)
                .orElseThrow(() -> new LakeportException(
                                IntakeError.INTAKE_NOT_FOUND,
                                "tenant '" + tenant + "' has no intake " + id
                                        + "; a message is accepted by the hosts that share the state of the one which made its"
                                        + " offer: list what there is, or make another")
                        .with("tenant", tenant.value()));
        Intake intake = found.intake();
        if (intake.state() == IntakeState.OPEN && !hasExpired(intake)) {
            return found;
        }
        throw over(intake);
    }

    private boolean hasExpired(Intake intake) {
        return !clock.instant().isBefore(intake.offer().expires());
    }

    private static LakeportException over(Intake intake) {
        IntakeError error = switch (intake.state()) {
            case CONSUMED -> IntakeError.INTAKE_CONSUMED;
            case WITHDRAWN -> IntakeError.INTAKE_WITHDRAWN;
            case OPEN, EXPIRED -> IntakeError.INTAKE_EXPIRED;
        };
        String why = switch (intake.state()) {
            case CONSUMED -> "has taken a secret in, and serves once";
            case WITHDRAWN -> "was withdrawn";
            case OPEN, EXPIRED -> "ended at " + intake.offer().expires();
        };
        return new LakeportException(
                        error,
                        "intake " + intake.id() + " of tenant '"
                                + intake.offer().tenant() + "' " + why
                                + "; make another and have the secret sealed to it")
                .with("tenant", intake.offer().tenant().value());
    }

    /** Ends what has expired, and destroys keys whose intake is over, also when who ended it died before it could. */
    void tidy(TenantId tenant) {
        all(tenant).stream()
                .filter(found -> found.intake().state() == IntakeState.OPEN && hasExpired(found.intake()))
                .forEach(found ->
                        unlessOthersDid(() -> replace(found, found.intake().in(IntakeState.EXPIRED))));
        Instant orphan = clock.instant().minus(ORPHAN);
        vault.list(tenant).stream()
                .filter(kept -> Intake.isKeyName(kept.reference().name()))
                .filter(kept -> isOver(tenant, Intake.idOf(kept.reference().name()))
                        .orElse(kept.created().isBefore(orphan)))
                .forEach(kept -> destroyKey(tenant, Intake.idOf(kept.reference().name())));
    }

    private Optional<Boolean> isOver(TenantId tenant, String id) {
        return store.of(tenant)
                .get(key(id))
                .map(document -> Found.of(document).intake().state() != IntakeState.OPEN);
    }

    void destroyKey(TenantId tenant, String id) {
        vault.current(tenant, Intake.keyName(id))
                .ifPresent(kept -> unlessOthersDid(() -> vault.destroy(kept.reference())));
    }

    private static void unlessOthersDid(Runnable change) {
        try {
            change.run();
        } catch (LakeportException e) {
            if (!e.is(StateError.STATE_CONFLICT)
                    && !e.is(SecretError.SECRET_DESTROYED)
                    && !e.is(SecretError.SECRET_NOT_FOUND)) {
                throw e;
            }
        }
    }
}
