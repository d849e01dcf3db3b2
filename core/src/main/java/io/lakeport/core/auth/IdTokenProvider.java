package io.lakeport.core.auth;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.util.Optional;

/**
 * SPI: gives the identity token of the platform where the host runs (a CI system, a Kubernetes cluster, a vault), which
 * workload identity federation exchanges for a token of Databricks. Found by {@link java.util.ServiceLoader} or given in
 * code, and chosen by {@link #name()}. Implemented by hosts; thread-safe.
 */
public interface IdTokenProvider {
    /** Returns the name by which a tenant's {@code id_token_provider} property chooses it. */
    String name();

    /**
     * Returns a JSON web token that is good now. It is asked for with every exchange, and need not be cached.
     *
     * @param tenant on whose behalf
     * @param audience that the token must name, as the tenant's {@code audience} property says; empty for the
     *     platform's own
     * @param deadline when the call must have ended
     * @throws io.lakeport.core.error.LakeportException when there is none; UNAVAILABLE when another try may help
     */
    Secret idToken(TenantId tenant, Optional<String> audience, Deadline deadline);
}
