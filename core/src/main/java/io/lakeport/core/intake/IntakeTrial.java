package io.lakeport.core.intake;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;

/** Port: tries a tenant's secret before it is kept. Thread-safe. */
public interface IntakeTrial {
    /**
     * Makes sure that the tenant is active and signs in with the vault's secret of that name.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST (INTAKE_NOT_USED) when it does not; NOT_FOUND or
     *     PERMISSION_DENIED as the tenant is unknown or suspended
     */
    void requireUsed(TenantId tenant, String name);

    /**
     * Signs in at the tenant's workspace with the candidate in place of the vault's secret; nothing remembers it.
     *
     * @throws io.lakeport.core.error.LakeportException as the sign-in failed; UNAUTHENTICATED when it was refused
     */
    void signIn(TenantId tenant, String name, Secret candidate, Deadline deadline);
}
