package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.file.ExternalStores;
import io.lakeport.localworkspace.file.Mount;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What tests may want otherwise than a real workspace has it.
 *
 * @param tokenLifetime life of an OAuth access token; Databricks' live 3600 s
 * @param linkLifetime life of a presigned link; Databricks' live 899 s
 * @param resultLifetime how long results are kept; Databricks keeps them an hour at least
 * @param warehouseStartup time that a stopped warehouse needs to run again
 * @param requestLogCapacity requests that the log remembers
 * @param enforceGovernance whether Unity Catalog's privileges are checked; as on Databricks they are
 * @param stores what stands behind the URLs of object stores
 * @param clock time for tokens, links, warehouses and history
 */
public record WorkspaceOptions(
        Duration tokenLifetime,
        Duration linkLifetime,
        Duration resultLifetime,
        Duration warehouseStartup,
        int requestLogCapacity,
        boolean enforceGovernance,
        ExternalStores stores,
        Clock clock) {
    /** Returns what a real workspace does, with a warehouse that starts within half a second. */
    public static WorkspaceOptions defaults() {
        return new WorkspaceOptions(
                Duration.ofSeconds(3600),
                Duration.ofSeconds(899),
                Duration.ofHours(1),
                Duration.ofMillis(500),
                10_000,
                true,
                ExternalStores.NONE,
                Clock.systemUTC());
    }

    /** Returns these options with another life of access tokens. */
    public WorkspaceOptions withTokenLifetime(Duration lifetime) {
        return new WorkspaceOptions(
                lifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                stores,
                clock);
    }

    /** Returns these options with another life of presigned links. */
    public WorkspaceOptions withLinkLifetime(Duration lifetime) {
        return new WorkspaceOptions(
                tokenLifetime,
                lifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                stores,
                clock);
    }

    /** Returns these options with other object stores. */
    public WorkspaceOptions withStores(ExternalStores others) {
        return new WorkspaceOptions(
                tokenLifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                others,
                clock);
    }

    /** Returns these options with other mounts. */
    public WorkspaceOptions withMounts(List<Mount> mounts) {
        return withStores(stores.withMounts(mounts));
    }

    /** Returns these options with another clock. */
    public WorkspaceOptions withClock(Clock other) {
        return new WorkspaceOptions(
                tokenLifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforceGovernance,
                stores,
                other);
    }

    /** Returns these options with privileges checked or not. */
    public WorkspaceOptions withEnforceGovernance(boolean enforce) {
        return new WorkspaceOptions(
                tokenLifetime,
                linkLifetime,
                resultLifetime,
                warehouseStartup,
                requestLogCapacity,
                enforce,
                stores,
                clock);
    }
}
