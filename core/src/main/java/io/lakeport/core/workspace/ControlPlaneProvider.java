package io.lakeport.core.workspace;

import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.tenant.Tenant;

/** SPI: makes control planes. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface ControlPlaneProvider {
    /** Returns a name for reports, for example {@code databricks-sdk}. */
    String name();

    /** Makes the control plane of one tenant; performs no network call. */
    ControlPlane open(Tenant tenant, TokenSource tokens, Guard guard);
}
