package io.lakeport.core.tenancy;

import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;

/**
 * One step of the deletion of a tenant. It may be run again after it was broken off, by another process, and must then
 * remove what is left. Implemented by whoever keeps something of tenants.
 */
public interface DeletionStep {
    /** Returns what it removes; see {@link RemovedPart#name()}. Each step of a deletion has a name of its own. */
    String name();

    /**
     * Removes everything of its kind.
     *
     * @throws io.lakeport.core.error.LakeportException when something is left; the deletion stops there, and goes on
     *     with this step when it is asked for again
     */
    RemovedPart run(TenantId tenant, Deadline deadline);
}
