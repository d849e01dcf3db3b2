package io.lakeport.core.warehouse;

import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.CapacityPlan.Power;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Use case: makes a warehouse be what its schedule says. Run it as often as its windows shall be exact; a run that
 * finds all as it shall be changes nothing. A warehouse is not stopped under somebody's statement: while sessions are
 * open it is left to the next run. Thread-safe.
 */
public final class CapacityKeeper {
    /** How long after its beginning a window still starts its warehouse: longer than anybody runs this apart. */
    private static final Duration WARM_UP = Duration.ofMinutes(30);

    private final WarehouseControl control;

    /** Creates the keeper of one workspace's warehouses. */
    public CapacityKeeper(WarehouseControl control) {
        this.control = Objects.requireNonNull(control, "control");
    }

    /**
     * Says what has to be done, and does nothing.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when the warehouse's tier cannot be set so
     */
    public CapacityPlan plan(WarehouseId id, CapacitySchedule schedule, Instant now, Deadline deadline) {
        WarehouseInfo info = control.get(id, deadline);
        return schedule.at(now) instanceof Capacity.Ready ready
                ? ready(info, ready, schedule, now)
                : stopped(info, schedule.at(now));
    }

    /** Does what a plan says. Scaling comes first: a warehouse starts as it shall be, and not in its old size. */
    public void apply(CapacityPlan plan, Deadline deadline) {
        WarehouseId id = plan.warehouse().id();
        plan.scale().ifPresent(scaling -> control.scale(id, scaling, deadline));
        switch (plan.power()) {
            case START -> control.start(id, deadline);
            case STOP -> control.stop(id, deadline);
            case LEAVE -> {}
        }
    }

    private static CapacityPlan ready(
            WarehouseInfo info, Capacity.Ready ready, CapacitySchedule schedule, Instant now) {
        Scaling wanted = ready.scaling().on(info.tier());
        List<String> steps = new ArrayList<>();
        boolean differs = info.scaling().map(is -> !is.equals(wanted)).orElse(true);
        if (differs) {
            steps.addAll(info.scaling().map(wanted::changesFrom).orElse(List.of("set " + ready)));
        }
        boolean stands = info.state() == WarehouseState.STOPPED || info.state() == WarehouseState.STOPPING;
        // Only at the beginning: one that stopped by itself later, because nobody came, has done what it should.
        boolean begins = !schedule.at(now.minus(WARM_UP)).equals(ready);
        Power power = ready.warm() && stands && begins ? Power.START : Power.LEAVE;
        if (power == Power.START) {
            steps.add("start");
        }
        return new CapacityPlan(
                info, ready, differs ? Optional.of(wanted) : Optional.empty(), power, steps, Optional.empty());
    }

    private static CapacityPlan stopped(WarehouseInfo info, Capacity wanted) {
        boolean runs = info.state() == WarehouseState.RUNNING || info.state() == WarehouseState.STARTING;
        boolean used = info.sessions() > 0;
        Optional<String> held = runs && used
                ? Optional.of(info.sessions() + " sessions are open; it is stopped by the first run that finds none")
                : Optional.empty();
        Power power = runs && !used ? Power.STOP : Power.LEAVE;
        return new CapacityPlan(
                info, wanted, Optional.empty(), power, power == Power.STOP ? List.of("stop") : List.of(), held);
    }
}
