package io.lakeport.core.warehouse;

import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import java.util.List;

/**
 * Port: the SQL warehouses of one tenant's workspace (Warehouses API). Thread-safe. Every method throws a
 * {@link io.lakeport.core.error.LakeportException} as the workspace answered: NOT_FOUND for a warehouse that is not there
 * or that the identity may not see, which the API does not tell apart; PERMISSION_DENIED; UNAUTHENTICATED; UNAVAILABLE.
 */
public interface WarehouseControl {
    /** Returns the warehouses that the identity may see, by name. */
    List<WarehouseInfo> list(Deadline deadline);

    /** Returns one warehouse. */
    WarehouseInfo get(WarehouseId id, Deadline deadline);

    /** Asks a warehouse to start, and returns at once. One that starts or runs already is no error. */
    void start(WarehouseId id, Deadline deadline);

    /**
     * Asks a warehouse to stop, and returns at once; statements that run on it are ended. One that stops or is stopped
     * already is no error.
     */
    void stop(WarehouseId id, Deadline deadline);

    /** Changes how far a warehouse scales and leaves all else as it is. Needs CAN MANAGE. */
    void scale(WarehouseId id, Scaling scaling, Deadline deadline);
}
