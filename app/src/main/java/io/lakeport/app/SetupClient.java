package io.lakeport.app;

import io.lakeport.app.wiring.TenantPorts;
import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.account.AppRequest;
import io.lakeport.core.account.AppSetup;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.location.ExternalLocation;
import io.lakeport.core.location.StorageIdentity;
import io.lakeport.core.location.StorageSetup;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Optional;

/** What an administrator sets up once, by one tenant's identity. All of it can be run again. Thread-safe. */
public final class SetupClient {
    private final TenantPorts ports;

    SetupClient(TenantPorts ports) {
        this.ports = ports;
    }

    /**
     * Creates a storage credential and an external location, and tries them; see {@link StorageSetup#run}.
     *
     * @param identity for a credential that is not there yet
     * @param timeout for all of it; positive
     */
    public StorageSetup.Result storage(
            Optional<StorageIdentity> identity, ExternalLocation location, Duration timeout) {
        return new StorageSetup(ports.controlPlane().locations()).run(identity, location, Deadline.after(timeout));
    }

    /**
     * Registers an OAuth application of the account and seals its secret; see {@link AppSetup#run}.
     *
     * @param keeper the tenant whose vault keeps the secret
     * @param timeout for all of it; positive
     */
    public AppSetup.Result app(DatabricksAccount account, TenantId keeper, AppRequest request, Duration timeout) {
        try (AccountPlane plane = ports.account(account)) {
            return new AppSetup(plane.apps(), ports.shared().state().vault())
                    .run(keeper, request, Deadline.after(timeout));
        }
    }
}
