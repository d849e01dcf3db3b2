package io.lakeport.app.wiring;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.Scaling;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.warehouse.WarehouseInfo;
import java.util.List;

/** The warehouses that a tenant is given, whatever others its identity may see. */
final class ScopedWarehouses implements WarehouseControl {
    private final Tenant tenant;
    private final WarehouseControl inner;

    ScopedWarehouses(Tenant tenant, WarehouseControl inner) {
        this.tenant = tenant;
        this.inner = inner;
    }

    @Override
    public List<WarehouseInfo> list(Deadline deadline) {
        return inner.list(deadline).stream()
                .filter(info -> tenant.warehouses().contains(info.id()))
                .toList();
    }

    @Override
    public WarehouseInfo get(WarehouseId id, Deadline deadline) {
        return inner.get(own(id), deadline);
    }

    @Override
    public void start(WarehouseId id, Deadline deadline) {
        inner.start(own(id), deadline);
    }

    @Override
    public void stop(WarehouseId id, Deadline deadline) {
        inner.stop(own(id), deadline);
    }

    @Override
    public void scale(WarehouseId id, Scaling scaling, Deadline deadline) {
        inner.scale(own(id), scaling, deadline);
    }

    private WarehouseId own(WarehouseId id) {
        if (!tenant.warehouses().contains(id)) {
            throw new LakeportException(
                    CoreError.OUT_OF_SCOPE,
                    "tenant '" + tenant.id() + "' has no warehouse '" + id + "'; it has " + tenant.warehouses());
        }
        return id;
    }
}
