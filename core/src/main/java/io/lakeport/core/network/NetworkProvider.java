package io.lakeport.core.network;

/** SPI: looks at the road to a server. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface NetworkProvider {
    /** Returns a name for reports, for example {@code jdk}. */
    String name();

    /** Returns the port; performs no network call. */
    Network open();
}
