package io.lakeport.localworkspace.warehouse;

import java.time.Instant;
import java.util.Optional;

/**
 * How a warehouse was set from some time on; the newest of an id says how it is now.
 *
 * @param warehouseId the warehouse
 * @param settings its settings
 * @param changedAt when they took effect
 * @param deletedAt when the warehouse was deleted, empty while it exists
 */
public record WarehouseChange(
        String warehouseId, WarehouseSettings settings, Instant changedAt, Optional<Instant> deletedAt) {}
