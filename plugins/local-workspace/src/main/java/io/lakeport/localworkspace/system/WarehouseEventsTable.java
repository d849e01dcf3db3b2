package io.lakeport.localworkspace.system;

import io.lakeport.localworkspace.warehouse.WarehouseEvent;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.util.List;

/** {@code system.compute.warehouse_events}: starts, stops and scaling. */
public final class WarehouseEventsTable implements SystemTable {
    private final Warehouses warehouses;

    /** Creates the table of these warehouses. */
    public WarehouseEventsTable(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    @Override
    public String name() {
        return "system.compute.warehouse_events";
    }

    @Override
    public List<Row> recent() {
        return warehouses.events().stream().map(WarehouseEventsTable::row).toList();
    }

    /** Returns the row of an event. */
    public static Row row(WarehouseEvent event) {
        return Row.ofWorkspace()
                .put("warehouse_id", event.warehouseId())
                .put("event_type", event.type())
                .put("cluster_count", event.clusters())
                .put("event_time", event.at());
    }
}
