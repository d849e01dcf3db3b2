package io.lakeport.app.wiring;

import io.lakeport.app.config.Nearest;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.connector.Connector;
import io.lakeport.core.connector.ConnectorContext;
import io.lakeport.core.connector.ConnectorFactory;
import io.lakeport.core.connector.ConnectorPlugin;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.tenant.TenantId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Finds and runs the connectors of plugins, with the plugin's class loader as the thread's context class loader and
 * whatever it throws turned into an error that names the plugin. Thread-safe.
 */
public final class Connectors {
    private final Providers providers;

    /** Creates it over the providers that were found. */
    public Connectors(Providers providers) {
        this.providers = providers;
    }

    /** Returns what each kind of connector does, in one sentence, ordered by kind. */
    public Map<String, String> descriptions() {
        Map<String, String> descriptions = new TreeMap<>();
        factories()
                .forEach((kind, factory) -> descriptions.put(
                        kind, guarded(kind, factory.getClass().getClassLoader(), factory::description)));
        return descriptions;
    }

    /**
     * Runs a connector once for a tenant.
     *
     * @return what it did, in one line for a person
     * @throws LakeportException as the connector threw it; INVALID_REQUEST (PROVIDER_MISSING) when there is none of
     *     that kind; INTERNAL (PLUGIN_BROKEN) for anything else that it throws
     */
    public String run(String kind, Map<String, String> arguments, TenantPorts tenant) {
        Map<String, ConnectorFactory> factories = factories();
        ConnectorFactory factory = factories.get(kind);
        if (factory == null) {
            throw new LakeportException(
                    CoreError.PROVIDER_MISSING,
                    "there is no connector '" + kind + "'" + Nearest.hint(kind, factories.keySet()) + " (there is: "
                            + (factories.isEmpty() ? "none" : String.join(", ", factories.keySet()))
                            + "); see 'lakeport plugins'");
        }
        return guarded(kind, factory.getClass().getClassLoader(), () -> {
            try (Connector connector = factory.create(new Bound(tenant))) {
                return connector.run(Map.copyOf(arguments));
            }
        });
    }

    private Map<String, ConnectorFactory> factories() {
        Map<String, ConnectorFactory> factories = new TreeMap<>();
        for (ConnectorPlugin plugin : providers.all(ProviderKind.CONNECTOR).values()) {
            ClassLoader loader = plugin.getClass().getClassLoader();
            guarded(plugin.getClass().getName(), loader, plugin::connectors)
                    .forEach(factory -> factories.putIfAbsent(guarded("a connector", loader, factory::kind), factory));
        }
        return factories;
    }

    private static <T> T guarded(String what, ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } catch (LakeportException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new LakeportException(
                    CoreError.PLUGIN_BROKEN,
                    "connector '" + what + "' failed with " + e + "; tell its author, the cause is attached",
                    e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** One tenant's ports, and nothing else of it. */
    private static final class Bound implements ConnectorContext {
        private final TenantPorts ports;

        Bound(TenantPorts ports) {
            this.ports = ports;
        }

        @Override
        public TenantId tenant() {
            return ports.tenant().id();
        }

        @Override
        public ResultStream execute(StatementRequest request) {
            return ports.warehouse().execute(request);
        }

        @Override
        public RowCursor rows(StatementRequest request) {
            return ports.shared().rows().apply(execute(request));
        }
    }
}
