package io.lakeport.core.intake;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Takes one secret in. One host at a time has the lease of an intake, and consumes it only as long as it has. */
final class IntakeAcceptance {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final IntakeRecords records;
    private final SecretVault vault;
    private final IntakeCipher cipher;
    private final IntakeTrial trial;

    IntakeAcceptance(IntakeRecords records, SecretVault vault, IntakeCipher cipher, IntakeTrial trial) {
        this.records = records;
        this.vault = vault;
        this.cipher = cipher;
        this.trial = trial;
    }

    SecretReference accept(SealedSecretMessage message, Deadline deadline) {
        // Before the lease: who makes up messages is to leave nothing in the store.
        IntakeRecords.Found unused = records.requireOpen(message.tenant(), message.intake());
        StateSpace space = records.space(message.tenant());
        String owner = "process " + ProcessHandle.current().pid() + " " + UUID.randomUUID();
        Lease lease = space.acquire("intake/" + message.intake(), owner, LEASE).orElseThrow(() -> busy(message));
        try {
            return accept(message, lease, deadline);
        } finally {
            boolean released = space.release(lease);
        }
    }

    private SecretReference accept(SealedSecretMessage message, Lease lease, Deadline deadline) {
        IntakeRecords.Found found = records.requireOpen(message.tenant(), message.intake());
        IntakeOffer offer = found.intake().offer();
        trial.requireUsed(offer.tenant(), offer.name());
        Secret secret = open(message, offer);
        trySecret(offer, secret, deadline);
        Lease held = records.space(offer.tenant()).renew(lease).orElseThrow(() -> busy(message));
        SecretReference reference = vault.seal(offer.tenant(), offer.name(), secret, Optional.empty());
        try {
            records.replace(found, found.intake().in(IntakeState.CONSUMED), held);
        } catch (LakeportException e) {
            throw takenBack(reference, e);
        }
        records.destroyKey(offer.tenant(), offer.id());
        return reference;
    }

    private Secret open(SealedSecretMessage message, IntakeOffer offer) {
        SealedSecret key = vault.current(offer.tenant(), Intake.keyName(offer.id()))
                .orElseThrow(() -> notOpened(offer, "its private key is not in the vault; make another intake"));
        byte[] clear = cipher.open(
                        vault.open(key.reference()), offer.key(), IntakeText.decode(message.sealed()), offer.context())
                .orElseThrow(() -> notOpened(
                        offer,
                        "it was changed on its way, or sealed for another intake; have the secret sealed again with the"
                                + " offer of this one"));
        try {
            return SecretSeal.read(clear);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private void trySecret(IntakeOffer offer, Secret secret, Deadline deadline) {
        try {
            trial.signIn(offer.tenant(), offer.name(), secret, deadline);
        } catch (LakeportException e) {
            throw new LakeportException(
                            e::code,
                            "the secret for '" + offer.name() + "' of tenant '" + offer.tenant()
                                    + "' was not taken in, and intake " + offer.id()
                                    + " stays open: the sign-in with it"
                                    + " failed: " + e.getMessage(),
                            e)
                    .with("tenant", offer.tenant().value());
        }
    }

    /** What is not consumed is not kept; where nobody knows whether it is, it stays: it was tried and works. */
    private LakeportException takenBack(SecretReference reference, LakeportException failure) {
        if (failure.category() != ErrorCategory.OUTCOME_UNKNOWN) {
            try {
                Object unused = vault.destroy(reference);
            } catch (LakeportException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    private static LakeportException notOpened(IntakeOffer offer, String why) {
        return new LakeportException(
                        IntakeError.INTAKE_NOT_OPENED,
                        "the message for intake " + offer.id() + " of tenant '" + offer.tenant() + "' does not open: "
                                + why)
                .with("tenant", offer.tenant().value());
    }

    private static LakeportException busy(SealedSecretMessage message) {
        return new LakeportException(
                        IntakeError.INTAKE_BUSY,
                        "intake " + message.intake() + " of tenant '" + message.tenant()
                                + "' is being worked on by another host; see with 'list' what came of it")
                .with("tenant", message.tenant().value());
    }
}
