package io.lakeport.core.intake;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Use case: a customer's secret comes into the vault without anyone seeing it. The private key of an intake is sealed in
 * the vault, and destroyed with the intake's end; so an intake serves once, and what was sent cannot be read later.
 * Thread-safe, also between hosts that share a state store.
 */
public final class Intakes {
    /** How long an intake is open when nothing else is said. */
    public static final Duration USUAL_TIME = Duration.ofHours(72);

    /** How long it can be open at most. */
    public static final Duration MOST_TIME = Duration.ofDays(14);

    private final IntakeRecords records;
    private final SecretVault vault;
    private final IntakeCipher cipher;
    private final IntakeTrial trial;
    private final Clock clock;

    /** Creates the use case; makes no call. */
    public Intakes(StateStore store, SecretVault vault, IntakeCipher cipher, IntakeTrial trial, Clock clock) {
        this.vault = Objects.requireNonNull(vault, "vault");
        this.cipher = Objects.requireNonNull(cipher, "cipher");
        this.trial = Objects.requireNonNull(trial, "trial");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.records = new IntakeRecords(store, vault, clock);
    }

    /**
     * Makes an intake.
     *
     * @param name under which the secret will be kept; the tenant must sign in with it
     * @param open for how long, a second to {@link #MOST_TIME}
     * @throws LakeportException as {@link IntakeTrial#requireUsed}
     */
    public Intake create(TenantId tenant, String name, Duration open) {
        SecretReference.requireName(name);
        if (open.compareTo(Duration.ofSeconds(1)) < 0 || open.compareTo(MOST_TIME) > 0) {
            throw new IllegalArgumentException("an intake is open for a second to " + MOST_TIME.toDays()
                    + " days, not for " + open + "; give a time between them, for example 72h");
        }
        trial.requireUsed(tenant, name);
        records.tidy(tenant);
        IntakeCipher.Keys keys = cipher.newKeys();
        String id = UUID.randomUUID().toString().replace("-", "");
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        IntakeOffer offer = new IntakeOffer(
                id,
                tenant,
                name,
                IntakeText.encode(keys.publicKey()),
                now.plus(open).truncatedTo(ChronoUnit.SECONDS));
        Intake intake = new Intake(offer, now, IntakeState.OPEN);
        SecretReference unused = vault.seal(tenant, Intake.keyName(id), keys.privateKey(), Optional.empty());
        records.create(intake);
        return intake;
    }

    /** Returns a tenant's intakes, oldest first; ends those whose time has passed. */
    public List<Intake> list(TenantId tenant) {
        records.tidy(tenant);
        return records.all(tenant).stream()
                .map(IntakeRecords.Found::intake)
                .sorted(Comparator.comparing(Intake::created).thenComparing(Intake::id))
                .toList();
    }

    /**
     * Takes an intake back.
     *
     * @throws LakeportException NOT_FOUND when there is none; CONFLICT when it has ended otherwise
     */
    public Intake withdraw(TenantId tenant, String id) {
        IntakeRecords.Found found = records.requireOpen(tenant, Intake.requireId(id));
        Intake withdrawn = found.intake().in(IntakeState.WITHDRAWN);
        records.replace(found, withdrawn);
        records.destroyKey(tenant, id);
        return withdrawn;
    }

    /**
     * Opens a message, tries the secret by a real sign-in, seals it in the vault as the newest version of its name, and
     * consumes the intake. While it fails, nothing has changed and the intake stays open.
     *
     * @param deadline for the sign-in
     * @return what the secret is called now
     * @throws LakeportException NOT_FOUND (INTAKE_NOT_FOUND); CONFLICT when the intake has ended or another host is at it;
     *     INVALID_REQUEST when the message does not open or holds no secret; as the sign-in failed
     */
    public SecretReference accept(SealedSecretMessage message, Deadline deadline) {
        return new IntakeAcceptance(records, vault, cipher, trial).accept(message, deadline);
    }
}
