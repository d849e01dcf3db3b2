package io.lakeport.core.connector;

import java.util.List;

/**
 * SPI: what a third party ships. Found by {@link java.util.ServiceLoader} in a plugin directory or on the class path.
 * Every method has a default, so that a plugin states only what it brings.
 *
 * <p>Constructed once, with the plugin's class loader as the thread's context class loader. A plugin that throws here
 * is quarantined and reported; the host goes on.
 */
public interface ConnectorPlugin {
    /** Returns the plugin's name, unique in a host: letters, digits and {@code -}. */
    String name();

    /** Returns the plugin's version, for reports. */
    default String version() {
        return "0";
    }

    /** Returns the connectors it brings. */
    default List<ConnectorFactory> connectors() {
        return List.of();
    }
}
