package io.lakeport.warehouse.jdbc;

import io.lakeport.core.tenant.UserAgentEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Loads the driver's jar beside the platform's classes only, and {@link DriverExit} into the same place. */
final class DriverLoader extends URLClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    /** Tells the driver's HTTP client its version, which it sends where the driver gives it no User-Agent. */
    private static final String CLIENT_VERSION = "com/databricks/internal/apache/http/client/version.properties";

    private final UserAgentEntry entry;

    DriverLoader(UserAgentEntry entry, URL driverJar) {
        super("Databricks JDBC for " + entry, new URL[] {driverJar}, ClassLoader.getPlatformClassLoader());
        this.entry = entry;
    }

    /** The driver asks for {@code /.well-known/databricks-config} in its HTTP client's name alone. */
    @Override
    public @Nullable InputStream getResourceAsStream(String resource) {
        return resource.equals(CLIENT_VERSION)
                ? new ByteArrayInputStream(("info.release=4 " + entry).getBytes(StandardCharsets.ISO_8859_1))
                : super.getResourceAsStream(resource);
    }

    @Override
    protected Class<?> findClass(String className) throws ClassNotFoundException {
        if (!className.equals(DriverExit.class.getName())) {
            return super.findClass(className);
        }
        try (InputStream in = DriverExit.class.getResourceAsStream("DriverExit.class")) {
            if (in == null) {
                throw new ClassNotFoundException(className);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(className, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(className, e);
        }
    }

    @Override
    public String toString() {
        return "driver of " + getName();
    }
}
