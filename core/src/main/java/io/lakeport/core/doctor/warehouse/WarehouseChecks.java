package io.lakeport.core.doctor.warehouse;

import io.lakeport.core.doctor.Check;
import java.util.List;

/** The checks of the warehouse and the road of its results, in their order. */
public final class WarehouseChecks {
    private WarehouseChecks() {}

    /** Returns them. */
    public static List<Check> all() {
        return List.of(new WarehouseCheck(), new StatementCheck(), new ResultsCheck());
    }
}
