package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.Check;
import java.util.List;

/** The checks of the road to the workspace, in their order. */
public final class NetworkChecks {
    private NetworkChecks() {}

    /** Returns them. */
    public static List<Check> all() {
        return List.of(
                new ProxyCheck(),
                new NameCheck(),
                new ConnectCheck(),
                new TlsCheck(),
                new ApiCheck(),
                new ClockCheck());
    }
}
