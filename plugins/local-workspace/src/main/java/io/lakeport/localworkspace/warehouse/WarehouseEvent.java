package io.lakeport.localworkspace.warehouse;

import java.time.Instant;

/**
 * Something that happened to a warehouse, as {@code system.compute.warehouse_events} tells it.
 *
 * @param warehouseId the warehouse
 * @param type STARTING, RUNNING, SCALED_UP, SCALED_DOWN, STOPPING or STOPPED
 * @param clusters clusters that run from then on
 * @param at when it happened
 */
public record WarehouseEvent(String warehouseId, String type, int clusters, Instant at) {}
