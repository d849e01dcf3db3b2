package io.lakeport.warehouse.jdbc;

import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.query.WarehouseProvider;

/** SQL warehouses through the official JDBC driver, scheme {@code jdbc}. Stateless and thread-safe. */
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
