package io.lakeport.core.job;

import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.tenant.Tenant;

/** SPI: makes job deployers. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface JobDeployerProvider {
    /** Returns a name for reports, for example {@code databricks-sdk}. */
    String name();

    /** Makes the deployer of one tenant; performs no network call. */
    JobDeployer open(Tenant tenant, TokenSource tokens, Guard guard);
}
