package io.lakeport.core.secret;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: keeps secrets sealed. Each tenant has a data key of its own, which is kept only wrapped under a master key that
 * is not in the state store; what one tenant's key seals does not open under another tenant's name, another name or
 * another version. Thread-safe, also between hosts that share a state store; calls block.
 *
 * <p>Methods throw {@link io.lakeport.core.error.LakeportException} with a {@link SecretError}, or as the state store
 * does.
 */
public interface SecretVault {
    /** How exactly the last use of a secret is known: opening it more often than this is not written down each time. */
    Duration LAST_USE_PRECISION = Duration.ofMinutes(1);

    /**
     * Seals a secret. Earlier versions of the name stay as they are, so that both work while one takes the other's
     * place; {@link #destroy(SecretReference)} ends the old one.
     *
     * @param name see {@link SecretReference#name()}
     * @param expires when it stops working on the other side, empty when that is not known
     * @return its reference; it is on disk when this returns
     */
    SecretReference seal(TenantId tenant, String name, Secret secret, Optional<Instant> expires);

    /**
     * Opens a secret, and writes down that it was used.
     *
     * @throws io.lakeport.core.error.LakeportException NOT_FOUND (SECRET_NOT_FOUND or SECRET_DESTROYED); INTERNAL
     *     (SECRET_DAMAGED, SECRET_TRUNCATED) when what is kept is not what was sealed; INVALID_REQUEST
     *     (MASTER_KEY_UNKNOWN, MASTER_KEY_WRONG) when the master key is not the one
     */
    Secret open(SecretReference reference);

    /** Returns the newest version of a name that is not destroyed, empty when there is none. */
    Optional<SealedSecret> current(TenantId tenant, String name);

    /** Returns everything but the secrets themselves, ordered by name and version. */
    List<SealedSecret> list(TenantId tenant);

    /**
     * Wraps a tenant's data keys under the master key that is current now. Secrets are not opened, and can be opened by
     * others all the while. Idempotent; when every tenant was rewrapped, the old master key is needed no more, except
     * for backups.
     *
     * @return how many data keys were wrapped anew
     */
    int rewrap(TenantId tenant);

    /**
     * Destroys one secret: the tenant's other secrets are sealed anew under a new data key, and the old data key is
     * destroyed, so that even a copy of the sealed bytes together with today's state cannot be opened. A backup of the
     * whole state store taken before still can, for as long as the master key of that time is kept.
     *
     * @throws io.lakeport.core.error.LakeportException NOT_FOUND when there is no such secret
     */
    DestructionReceipt destroy(SecretReference reference);

    /** Destroys every secret and data key of a tenant. Idempotent: a second receipt names no secret. */
    DestructionReceipt destroyAll(TenantId tenant);

    /** Returns the receipts of a tenant, oldest first. */
    List<DestructionReceipt> receipts(TenantId tenant);

    /** Forgets receipts of what was destroyed before a time; returns how many. */
    default long forgetReceipts(TenantId tenant, Instant before) {
        throw new LakeportException(
                CoreError.NOT_SUPPORTED, "this vault keeps every receipt; it forgets none of tenant '" + tenant + "'");
    }
}
