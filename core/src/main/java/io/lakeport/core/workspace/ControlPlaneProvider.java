package io.lakeport.core.workspace;

import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.tenant.Tenant;

/** SPI: makes control planes. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface ControlPlaneProvider {
    /** Returns a name for reports, for example {@code databricks-sdk}. */
    String name();

    /** Makes the control plane of one tenant; performs no network call. */
    ControlPlane open(Tenant tenant, TokenSource tokens, Guard guard);

    /**
     * Makes the account plane around a tenant's workspace; performs no network call.
     *
     * @param tokens tokens of the account
     * @throws LakeportException NOT_SUPPORTED when this provider knows no accounts
     */
    default AccountPlane openAccount(DatabricksAccount account, Tenant tenant, TokenSource tokens, Guard guard) {
        throw new LakeportException(CoreError.NOT_SUPPORTED, "control plane '" + name() + "' cannot work on accounts");
    }
}
