package io.lakeport.core.warehouse;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to be done so that a warehouse is as it shall be.
 *
 * @param warehouse as it is
 * @param wanted as it shall be
 * @param scale how it has to scale, empty when it does
 * @param power whether it has to be started or stopped
 * @param steps the same in words, in order; empty when nothing is to be done
 * @param held why something that is due is not done now, empty when all of it is
 */
public record CapacityPlan(
        WarehouseInfo warehouse,
        Capacity wanted,
        Optional<Scaling> scale,
        Power power,
        List<String> steps,
        Optional<String> held) {
    /** What happens to the clusters. */
    public enum Power {
        START,
        STOP,
        LEAVE
    }

    public CapacityPlan {
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(power, "power");
        steps = List.copyOf(steps);
        Objects.requireNonNull(held, "held");
    }
}
