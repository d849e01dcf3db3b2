package io.lakeport.core.warehouse;

import java.time.Duration;
import java.util.Objects;

/**
 * How far a start has come.
 *
 * @param warehouse as it was seen last
 * @param waited since this caller began to wait
 */
public record StartProgress(WarehouseInfo warehouse, Duration waited) {
    public StartProgress {
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(waited, "waited");
    }
}
