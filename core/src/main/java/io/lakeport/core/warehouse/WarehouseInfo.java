package io.lakeport.core.warehouse;

import io.lakeport.core.tenant.WarehouseId;
import java.util.Objects;
import java.util.Optional;

/**
 * A SQL warehouse as the workspace describes it ({@code GET /api/2.0/sql/warehouses/{id}}).
 *
 * @param id its id
 * @param name its name
 * @param state what it does at present
 * @param tier what kind of compute serves it
 * @param size size of each cluster, empty for one that this version does not know
 * @param scaling how far it scales; empty when the workspace's answer leaves it out
 * @param photon whether Photon is on
 * @param clusters clusters that run at present
 * @param sessions sessions that are open at present
 * @param trouble what the workspace says is wrong with it, empty when it says nothing
 */
public record WarehouseInfo(
        WarehouseId id,
        String name,
        WarehouseState state,
        WarehouseTier tier,
        Optional<WarehouseSize> size,
        Optional<Scaling> scaling,
        boolean photon,
        int clusters,
        long sessions,
        Optional<String> trouble) {
    public WarehouseInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(tier, "tier");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(scaling, "scaling");
        Objects.requireNonNull(trouble, "trouble");
    }
}
