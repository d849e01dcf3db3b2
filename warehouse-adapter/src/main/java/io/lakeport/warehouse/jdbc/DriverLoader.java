package io.lakeport.warehouse.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;

/** Loads the driver's jar beside the platform's classes only, and {@link DriverExit} into the same place. */
final class DriverLoader extends URLClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final String name;

    DriverLoader(String name, URL driverJar) {
        super(name, new URL[] {driverJar}, ClassLoader.getPlatformClassLoader());
        this.name = name;
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
        return "driver of " + name;
    }
}
