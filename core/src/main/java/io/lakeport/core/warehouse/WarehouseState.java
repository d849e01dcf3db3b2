package io.lakeport.core.warehouse;

/** State of a SQL warehouse, as the Warehouses API names it. */
public enum WarehouseState {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    DELETING,
    DELETED,
    /** The workspace names a state that this version does not know. */
    UNKNOWN
}
