package io.lakeport.auth.network;

import io.lakeport.core.network.Network;
import io.lakeport.core.network.NetworkProvider;

/** Looks at roads with the JDK alone. */
public final class JdkNetworkProvider implements NetworkProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public JdkNetworkProvider() {}

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public Network open() {
        return new JdkNetwork();
    }
}
