package io.lakeport.warehouse.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Takes the driver of its own class loader out of DriverManager, which lets nobody else do so. {@link IsolatedDriver}
 * defines it inside the driver's loader, so it uses nothing but the JDK.
 */
public final class DriverExit implements Runnable {
    /** Creates the action; called by reflection. */
    public DriverExit() {}

    @Override
    public void run() {
        List<Driver> own = new ArrayList<>(Collections.list(DriverManager.getDrivers()));
        own.removeIf(driver -> driver.getClass().getClassLoader() != DriverExit.class.getClassLoader());
        for (Driver driver : own) {
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException e) {
                throw new IllegalStateException("the driver cannot be taken out of DriverManager", e);
            }
        }
    }
}
