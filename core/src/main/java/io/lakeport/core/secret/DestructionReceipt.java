package io.lakeport.core.secret;

import io.lakeport.core.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Proof that secrets of a tenant cannot be opened any more. It is kept in the state store under the tenant's name, and
 * holds no secret.
 *
 * @param tenant whose they were
 * @param destroyed references of the secrets
 * @param dataKeys ids of the data keys that went with them; empty when only single secrets were deleted and the data
 *     key, which still seals others, was replaced by a new one
 * @param masterKey id of the master key that had wrapped them
 * @param at when
 * @param proof SHA-256, in hexadecimal, over the fields above and over the digest of each sealed secret that was
 *     destroyed: who has an old copy of the sealed bytes can show that the receipt speaks of them
 * @param evidence SHA-256 of the sealed bytes of each secret, in the order of {@code destroyed}, in hexadecimal
 */
public record DestructionReceipt(
        TenantId tenant,
        List<SecretReference> destroyed,
        List<String> dataKeys,
        String masterKey,
        Instant at,
        String proof,
        List<String> evidence) {
    public DestructionReceipt {
        Objects.requireNonNull(tenant, "tenant");
        destroyed = List.copyOf(destroyed);
        dataKeys = List.copyOf(dataKeys);
        Objects.requireNonNull(masterKey, "masterKey");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(proof, "proof");
        evidence = List.copyOf(evidence);
    }
}
