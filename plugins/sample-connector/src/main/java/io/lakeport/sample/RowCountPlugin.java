package io.lakeport.sample;

import io.lakeport.core.connector.Connector;
import io.lakeport.core.connector.ConnectorContext;
import io.lakeport.core.connector.ConnectorFactory;
import io.lakeport.core.connector.ConnectorPlugin;
import java.util.List;

/** The plugin that brings {@code row-count}. */
public final class RowCountPlugin implements ConnectorPlugin {
    /** Creates the plugin; ServiceLoader does. */
    public RowCountPlugin() {}

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public List<ConnectorFactory> connectors() {
        return List.of(new RowCountFactory());
    }

    private static final class RowCountFactory implements ConnectorFactory {
        @Override
        public String kind() {
            return "row-count";
        }

        @Override
        public String description() {
            return "Counts the rows of the table that the argument 'table' names.";
        }

        @Override
        public Connector create(ConnectorContext context) {
            return new RowCountConnector(context);
        }
    }
}
