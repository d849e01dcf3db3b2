package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.http.RequestLog;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.warehouse.Warehouses;

/** What the routes of a workspace are made from. */
record WorkspaceParts(
        Engine engine,
        WorkspaceOptions options,
        Identities identities,
        TokenService tokens,
        Warehouses warehouses,
        RequestLog requests,
        StateFiles state,
        FileSpace files) {}
