package io.lakeport.audit.workspace;

import io.lakeport.audit.account.SdkAccount;
import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.workspace.ControlPlane;
import io.lakeport.core.workspace.ControlPlaneProvider;

/** Makes control planes on the official SDK. */
public final class SdkControlPlaneProvider implements ControlPlaneProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public SdkControlPlaneProvider() {}

    @Override
    public String name() {
        return "databricks-sdk";
    }

    @Override
    public ControlPlane open(Tenant tenant, TokenSource tokens, Guard guard) {
        return new SdkControlPlane(new SdkClient(tenant, tokens, guard));
    }

    @Override
    public AccountPlane openAccount(DatabricksAccount account, Tenant tenant, TokenSource tokens, Guard guard) {
        return new SdkAccount(account, new SdkRest(new SdkClient(tenant, account.host(), tokens, guard)));
    }
}
