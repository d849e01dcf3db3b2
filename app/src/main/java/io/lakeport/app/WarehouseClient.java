package io.lakeport.app;

import io.lakeport.app.wiring.TenantPorts;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.CapacityKeeper;
import io.lakeport.core.warehouse.CapacityPlan;
import io.lakeport.core.warehouse.CapacitySchedule;
import io.lakeport.core.warehouse.Scaling;
import io.lakeport.core.warehouse.StartProgress;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.warehouse.WarehouseInfo;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A tenant's SQL warehouses. Each method fails with PERMISSION_DENIED for a warehouse that is not one of the tenant's.
 * Thread-safe.
 */
public final class WarehouseClient {
    private final TenantPorts ports;

    WarehouseClient(TenantPorts ports) {
        this.ports = ports;
    }

    /** Returns those of the tenant's warehouses that its identity may see, by name. */
    public List<WarehouseInfo> list(Duration timeout) {
        return control().list(Deadline.after(timeout));
    }

    /**
     * Starts a warehouse and waits until it runs. All callers in this process that wait for one warehouse share one
     * start.
     *
     * @param timeout for all of it; a classic or pro warehouse needs minutes
     * @param progress told in this thread how it goes; must not block for long
     */
    public WarehouseInfo start(WarehouseId id, Duration timeout, Consumer<StartProgress> progress) {
        return ports.shared().starts().run(ports.tenant().host(), id, control(), Deadline.after(timeout), progress);
    }

    /** Asks a warehouse to stop; statements that run on it are ended. */
    public void stop(WarehouseId id, Duration timeout) {
        control().stop(id, Deadline.after(timeout));
    }

    /**
     * Changes how far a warehouse scales.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when a warehouse of its tier cannot be set so
     */
    public void scale(WarehouseId id, Scaling scaling, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        WarehouseControl control = control();
        control.scale(id, scaling.on(control.get(id, deadline).tier()), deadline);
    }

    /**
     * Says what a schedule wants now, and does it unless told not to. Run it every few minutes.
     *
     * @param apply whether to do it
     */
    public CapacityPlan keep(WarehouseId id, CapacitySchedule schedule, boolean apply, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        CapacityKeeper keeper = new CapacityKeeper(control());
        CapacityPlan plan = keeper.plan(id, schedule, ports.shared().clock().instant(), deadline);
        if (apply) {
            keeper.apply(plan, deadline);
        }
        return plan;
    }

    private WarehouseControl control() {
        return ports.warehouseControl();
    }
}
