package io.lakeport.localworkspace.server;

import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.access.IpAccess;
import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.Permissions;
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
        Permissions permissions,
        IpAccess ipAccess,
        Faults faults) {
    static final String WAREHOUSE_ID = "0123456789abcdef";

    static Foundation lay(SimulatorSettings settings, WorkspaceOptions options) {
        StateFiles state = StateFiles.in(settings.dataDirectory());
        Identities identities = new Identities(state, options.clock());
        Warehouses warehouses = new Warehouses(options.warehouseStartup(), options.clock());
        warehouses.add(WAREHOUSE_ID, "Local warehouse");
        Principal owner = identities.startupPrincipal("lakeport");
        Permissions permissions = permissions(options, state, identities, warehouses, owner);
        return new Foundation(
                settings,
                options,
                state,
                new RequestLog(options.requestLogCapacity()),
                identities,
                owner,
                warehouses,
                permissions,
                new IpAccess(state, options.clock()),
                new Faults(options.clock()));
    }

    /** The warehouse of the start is everybody's, as the first one of a new workspace is on Databricks. */
    private static Permissions permissions(
            WorkspaceOptions options, StateFiles state, Identities identities, Warehouses warehouses, Principal owner) {
        Permissions permissions = new Permissions(identities.directory(), state, options.enforceGovernance());
        permissions.know(ObjectType.WAREHOUSES, id -> warehouses.find(id).isPresent());
        if (permissions.levels(ObjectType.WAREHOUSES, WAREHOUSE_ID).isEmpty()) {
            permissions.created(ObjectType.WAREHOUSES, WAREHOUSE_ID, owner);
            permissions.openToUsers(ObjectType.WAREHOUSES, WAREHOUSE_ID);
        }
        return permissions;
    }
}
