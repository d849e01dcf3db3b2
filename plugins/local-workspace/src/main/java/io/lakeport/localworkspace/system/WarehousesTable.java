package io.lakeport.localworkspace.system;

import io.lakeport.localworkspace.warehouse.WarehouseChange;
import io.lakeport.localworkspace.warehouse.WarehouseSettings;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.util.List;

/** {@code system.compute.warehouses}: one row for each change of a warehouse. */
public final class WarehousesTable implements SystemTable {
    private final Warehouses warehouses;

    /** Creates the table of these warehouses. */
    public WarehousesTable(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    @Override
    public String name() {
        return "system.compute.warehouses";
    }

    @Override
    public List<Row> recent() {
        return warehouses.changes().stream().map(WarehousesTable::row).toList();
    }

    /** Returns the row of a change. */
    public static Row row(WarehouseChange change) {
        WarehouseSettings settings = change.settings();
        return Row.ofWorkspace()
                .put("warehouse_id", change.warehouseId())
                .put("warehouse_name", settings.name())
                .put("warehouse_type", settings.tableType())
                .put("warehouse_channel", settings.channel().replace("CHANNEL_NAME_", ""))
                .put("warehouse_size", settings.size().tableName())
                .put("min_clusters", settings.minClusters())
                .put("max_clusters", settings.maxClusters())
                .put("auto_stop_minutes", settings.autoStopMinutes())
                .put("tags", settings.tags())
                .put("change_time", change.changedAt())
                .put("delete_time", change.deletedAt().orElse(null))
                .put("created_by", settings.creator().isEmpty() ? null : settings.creator());
    }
}
