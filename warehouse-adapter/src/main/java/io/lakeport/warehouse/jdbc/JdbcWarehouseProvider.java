package io.lakeport.warehouse.jdbc;

import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.query.WarehouseProvider;

/**
 * SQL warehouses through the official JDBC driver (databricks-jdbc 3.4), scheme {@code jdbc}. Stateless and thread-safe.
 *
 * <p>What the driver would share through the JVM is contained: each User-Agent entry has a copy of it with statics of
 * its own, it is not seen by {@code DriverManager}, writes no log and sends no telemetry. What cannot be contained: it
 * holds up to two chunks of some 20 MB outside the memory budget, repeats some of its calls by itself, and leaves idle
 * daemon threads until its copy is given up.
 *
 * <p>Nested values arrive as JSON text, and a result does not know its length before its end.
 */
public final class JdbcWarehouseProvider implements WarehouseProvider {
    /** Creates the provider; called by ServiceLoader. */
    public JdbcWarehouseProvider() {}

    @Override
    public String scheme() {
        return "jdbc";
    }

    @Override
    public Warehouse open(WarehouseContext context) {
        return new JdbcWarehouse(context, ConnectionSettings.url(context), DriverCopies.shared());
    }
}
