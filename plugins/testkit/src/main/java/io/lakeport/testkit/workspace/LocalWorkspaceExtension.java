package io.lakeport.testkit.workspace;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts, shares and ends the workspace of {@link LocalWorkspace}. */
public final class LocalWorkspaceExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace HERE =
            ExtensionContext.Namespace.create(LocalWorkspaceExtension.class);

    /** Creates the extension; JUnit does. */
    public LocalWorkspaceExtension() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isOutermost(context)) {
            workspace(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LocalWorkspace wanted = annotation(context);
        if (isOutermost(context) && wanted.shared() == LocalWorkspace.Shared.CLASS) {
            WorkspaceSimulator ended = context.getStore(HERE).remove(wanted, WorkspaceSimulator.class);
            if (ended != null) {
                ended.close();
            }
        }
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty();
    }

    private static LocalWorkspace annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), LocalWorkspace.class)
                .or(() -> context.getParent()
                        .filter(parent -> parent.getTestClass().isPresent())
                        .map(LocalWorkspaceExtension::annotation))
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "LocalWorkspaceExtension needs @LocalWorkspace on " + context.getRequiredTestClass()));
    }

    private static WorkspaceSimulator workspace(ExtensionContext context) {
        LocalWorkspace wanted = annotation(context);
        ExtensionContext owner = context;
        if (wanted.shared() == LocalWorkspace.Shared.JVM) {
            owner = context.getRoot();
        } else {
            while (owner.getParent()
                    .filter(parent -> parent.getTestClass().isPresent())
                    .isPresent()) {
                owner = owner.getParent().get();
            }
        }
        // Two annotations with the same values are equal, so that classes share what they ask for alike.
        return owner.getStore(HERE).computeIfAbsent(wanted, LocalWorkspaceExtension::start, WorkspaceSimulator.class);
    }

    private static WorkspaceSimulator start(LocalWorkspace wanted) {
        List<String> names = new ArrayList<>();
        for (WorkspaceSimulatorProvider provider : ServiceLoader.load(WorkspaceSimulatorProvider.class)) {
            if (provider.name().equals(wanted.provider())) {
                return provider.start(settings(wanted));
            }
            names.add(provider.name());
        }
        throw new ExtensionConfigurationException("No workspace simulator is named '" + wanted.provider() + "' (found: "
                + names + "); add io.lakeport:lakeport-local-workspace to the class path of the tests.");
    }

    private static SimulatorSettings settings(LocalWorkspace wanted) {
        Map<String, Path> tables = new LinkedHashMap<>();
        pairs("load", wanted.load()).forEach((name, file) -> tables.put(name, Path.of(file)));
        Map<String, String> options = pairs("options", wanted.options());
        if (!wanted.governance()) {
            options.put("governance", "off");
        }
        Optional<Path> data = wanted.data().isEmpty() ? Optional.empty() : Optional.of(Path.of(wanted.data()));
        return new SimulatorSettings(0, data, tables, options);
    }

    private static Map<String, String> pairs(String attribute, String... texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0 || equals == text.length() - 1) {
                throw new ExtensionConfigurationException(
                        "@LocalWorkspace(" + attribute + ") needs name=value, but got '" + text + "'");
            }
            // One that is given again has a line for each value.
            pairs.merge(text.substring(0, equals), text.substring(equals + 1), (one, more) -> one + "\n" + more);
        }
        return pairs;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == WorkspaceSimulator.class
                || type == SimulatorConnection.class
                || type == Connection.class
                || type == DataSource.class
                || type == WorkspaceTenant.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        WorkspaceSimulator workspace = workspace(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == WorkspaceSimulator.class) {
            return workspace;
        } else if (type == SimulatorConnection.class) {
            return workspace.connection();
        } else if (type == WorkspaceTenant.class) {
            return WorkspaceTenant.of("local", workspace.connection());
        }
        DataSource source = new WorkspaceDataSource(workspace.connection());
        return type == DataSource.class ? source : open(source, context);
    }

    private static Connection open(DataSource source, ExtensionContext context) {
        try {
            Connection connection = source.getConnection();
            // The store closes it with the test, or with the class for a constructor's or @BeforeAll's parameter.
            context.getStore(HERE).put(connection, connection);
            return connection;
        } catch (SQLException e) {
            throw new ParameterResolutionException("Cannot connect to the local workspace: " + e.getMessage(), e);
        }
    }
}
