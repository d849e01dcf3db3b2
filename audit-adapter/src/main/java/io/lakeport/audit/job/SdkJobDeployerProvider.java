package io.lakeport.audit.job;

import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.job.JobDeployerProvider;
import io.lakeport.core.tenant.Tenant;

/** Makes job deployers on the official SDK. */
public final class SdkJobDeployerProvider implements JobDeployerProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public SdkJobDeployerProvider() {}

    @Override
    public String name() {
        return "databricks-sdk";
    }

    @Override
    public JobDeployer open(Tenant tenant, TokenSource tokens, Guard guard) {
        return new SdkJobDeployer(tenant, new SdkClient(tenant, tokens, guard));
    }
}
