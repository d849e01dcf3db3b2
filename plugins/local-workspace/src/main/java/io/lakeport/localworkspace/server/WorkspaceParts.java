package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.access.IpAccess;
import io.lakeport.localworkspace.access.Permissions;
import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.cluster.Clusters;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.fault.Faults;
import io.lakeport.localworkspace.file.FileLinks;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.http.RequestLog;
import io.lakeport.localworkspace.job.JobService;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.statement.StatementService;
import io.lakeport.localworkspace.warehouse.Warehouses;

/** What the routes of a workspace are made from: the foundation and what was built on it. */
record WorkspaceParts(
        Foundation foundation,
        Engine engine,
        TokenService tokens,
        Governance governance,
        FileSpace files,
        FileLinks links,
        StatementService statements,
        JobService jobs,
        Clusters clusters) {
    WorkspaceOptions options() {
        return foundation.options();
    }

    StateFiles state() {
        return foundation.state();
    }

    RequestLog requests() {
        return foundation.requests();
    }

    Identities identities() {
        return foundation.identities();
    }

    Principal owner() {
        return foundation.owner();
    }

    Warehouses warehouses() {
        return foundation.warehouses();
    }

    Permissions permissions() {
        return foundation.permissions();
    }

    IpAccess ipAccess() {
        return foundation.ipAccess();
    }

    Faults faults() {
        return foundation.faults();
    }
}
