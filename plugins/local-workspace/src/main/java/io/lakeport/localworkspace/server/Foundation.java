package io.lakeport.localworkspace.server;

import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.fault.Faults;
import io.lakeport.localworkspace.http.RequestLog;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.warehouse.Warehouses;

/**
 * What a workspace has before its engine opens and its ports listen, and what tests reach into afterwards.
 *
 * @param owner the principal that is there at the start: administrator of workspace and metastore
 */
record Foundation(
        SimulatorSettings settings,
        WorkspaceOptions options,
        StateFiles state,
        RequestLog requests,
        Identities identities,
        Principal owner,
        Warehouses warehouses,
        Faults faults) {
    static final String WAREHOUSE_ID = "0123456789abcdef";

    static Foundation lay(SimulatorSettings settings, WorkspaceOptions options) {
        Identities identities = new Identities(options.clock());
        Warehouses warehouses = new Warehouses(options.warehouseStartup(), options.clock());
        warehouses.add(WAREHOUSE_ID, "Local warehouse");
        return new Foundation(
                settings,
                options,
                StateFiles.in(settings.dataDirectory()),
                new RequestLog(options.requestLogCapacity()),
                identities,
                identities.addServicePrincipal("lakeport"),
                warehouses,
                new Faults(options.clock()));
    }
}
