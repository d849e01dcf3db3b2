package io.lakeport.localworkspace.warehouse;

/** State of a SQL warehouse, as the Warehouses API names it. */
public enum WarehouseState {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    DELETED
}
