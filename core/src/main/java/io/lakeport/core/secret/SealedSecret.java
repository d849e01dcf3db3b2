package io.lakeport.core.secret;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be told of a sealed secret: everything but the secret.
 *
 * @param reference its name
 * @param created when it was sealed
 * @param expires when it stops working on the other side, empty when that is not known or never
 * @param lastUsed when it was last opened, to within {@link SecretVault#LAST_USE_PRECISION}; empty when it never was
 * @param dataKey id of the tenant's data key that seals it
 * @param masterKey id of the master key that wraps that data key now
 */
public record SealedSecret(
        SecretReference reference,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> lastUsed,
        String dataKey,
        String masterKey) {
    public SealedSecret {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(lastUsed, "lastUsed");
        Objects.requireNonNull(dataKey, "dataKey");
        Objects.requireNonNull(masterKey, "masterKey");
    }
}
