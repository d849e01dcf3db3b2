package io.lakeport.warehouse.sea;

import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.query.WarehouseProvider;

/**
 * SQL warehouses over the Statement Execution API ({@code POST /api/2.0/sql/statements}), scheme {@code sea}. Stateless
 * and thread-safe.
 *
 * <p>Each result keeps at most {@code min(budget, 192 MiB, 3/4 of the heap's ceiling)} in flight. A full chunk of
 * Databricks takes about 14 MiB as it travels and 24 MiB decoded, so a reader that holds {@code n} chunks open needs a
 * budget of about {@code n * 24 + 38} MiB to get another one; one that holds too many is told so after two minutes.
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
        return new SeaWarehouse(context, SeaLimits.usual(context.budget().capacity(), context.lookup()));
    }
}
