package io.lakeport.warehouse.jdbc;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.UserAgentEntry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the official driver with classes, and so statics, of its own. The driver keeps every User-Agent entry it
 * ever saw in a static list and sends all of them with each request: only a copy of it keeps tenants apart.
 * Thread-safe.
 */
final class IsolatedDriver implements AutoCloseable {
    static final String DRIVER_CLASS = "com.databricks.client.jdbc.Driver";
    private static final String AGENT_CLASS = "com.databricks.internal.sdk.core.UserAgent";
    private static final Logger LOG = LoggerFactory.getLogger(IsolatedDriver.class);

    private final DriverLoader loader;
    private final Driver driver;

    private IsolatedDriver(DriverLoader loader, Driver driver) {
        this.loader = loader;
        this.driver = driver;
    }

    /** Loads a copy for calls under that entry, which is seen in heap dumps and stack traces too. */
    static IsolatedDriver load(UserAgentEntry entry) {
        DriverLoader loader = new DriverLoader(entry, jar());
        try {
            Driver driver = inside(loader, () ->
                    (Driver) loader.loadClass(DRIVER_CLASS).getConstructor().newInstance());
            if (entry.embedded().isPresent()) {
                nameBoth(loader, entry);
            }
            return new IsolatedDriver(loader, driver);
        } catch (Exception | LinkageError e) {
            closeQuietly(loader);
            throw new LakeportException(
                    CoreError.PROVIDER_MISSING,
                    "the JDBC driver cannot be loaded from its jar; use com.databricks:databricks-jdbc 3.4 or later",
                    e);
        }
    }

    /**
     * The driver's property {@code UserAgentEntry} holds one entry: it takes a partner's behind it for the end of the
     * version and sends {@code Vendor_Product/3.1-Partner_Engine-2.0}. The list that it keeps them in holds several.
     */
    private static void nameBoth(DriverLoader loader, UserAgentEntry entry) throws ReflectiveOperationException {
        Method name = loader.loadClass(AGENT_CLASS).getMethod("withOtherInfo", String.class, String.class);
        for (String one : entry.toString().split(" ")) {
            UserAgentEntry named = UserAgentEntry.parse(one);
            name.invoke(null, named.product(), named.version());
        }
    }

    /** Finds the jar without running any of the driver's code in the host's class loader. */
    private static URL jar() {
        return ServiceLoader.load(Driver.class, IsolatedDriver.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::type)
                .filter(type -> type.getName().equals(DRIVER_CLASS))
                .map(type -> type.getProtectionDomain().getCodeSource())
                .filter(java.util.Objects::nonNull)
                .map(CodeSource::getLocation)
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.PROVIDER_MISSING,
                        "engine 'jdbc' needs the Databricks JDBC driver: put com.databricks:databricks-jdbc on the"
                                + " class path or module path, or use engine 'sea'"));
    }

    /** Opens a connection. */
    Connection connect(String url, Properties properties) throws SQLException {
        @Nullable Connection connection;
        try {
            connection = inside(loader, () -> driver.connect(url, properties));
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (connection == null) {
            throw new SQLException("the driver does not take its own URL", "08001");
        }
        return connection;
    }

    /** Runs an action with the driver's loader as context, where its libraries look for their parts. */
    private static <T extends @Nullable Object> T inside(ClassLoader loader, Callable<T> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        try {
            ((Runnable) loader.loadClass(DriverExit.class.getName())
                            .getConstructor()
                            .newInstance())
                    .run();
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("a copy of the JDBC driver stays registered until the process ends", e);
        }
        closeQuietly(loader);
    }

    private static void closeQuietly(DriverLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            LOG.debug("closing {} failed", loader, e);
        }
    }
}
