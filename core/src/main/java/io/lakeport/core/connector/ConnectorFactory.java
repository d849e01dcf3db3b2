package io.lakeport.core.connector;

/** Makes one kind of connector. Thread-safe. */
public interface ConnectorFactory {
    /** Returns the kind, unique in a host, for example {@code feedback-import}. */
    String kind();

    /** Returns one sentence that tells a person what it does. */
    String description();

    /** Makes a connector for one tenant. */
    Connector create(ConnectorContext context);
}
