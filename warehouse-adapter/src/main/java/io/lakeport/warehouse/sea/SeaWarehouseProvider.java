package io.lakeport.warehouse.sea;

import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.query.WarehouseProvider;

/**
 * SQL warehouses over the Statement Execution API ({@code POST /api/2.0/sql/statements}), scheme {@code sea}. Stateless
 * and thread-safe.
 */
public final class SeaWarehouseProvider implements WarehouseProvider {
    /** Creates the provider; called by ServiceLoader. */
    public SeaWarehouseProvider() {}

    @Override
    public String scheme() {
        return "sea";
    }

    @Override
    public Warehouse open(WarehouseContext context) {
        return new SeaWarehouse(context, SeaLimits.usual(context.budget().capacity()));
    }
}
