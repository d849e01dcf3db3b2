package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.auth.OidcRoutes;
import io.lakeport.localworkspace.auth.OwnerCheck;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.cloud.CloudRoutes;
import io.lakeport.localworkspace.cluster.ClusterRoutes;
import io.lakeport.localworkspace.control.ControlRoutes;
import io.lakeport.localworkspace.fault.FaultRoutes;
import io.lakeport.localworkspace.fault.PlannedFaults;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.identity.IdentityRoutes;
import io.lakeport.localworkspace.rest.EngineQuery;
import io.lakeport.localworkspace.rest.HistoryRoutes;
import io.lakeport.localworkspace.rest.LogRoutes;
import io.lakeport.localworkspace.rest.PlatformRoutes;
import io.lakeport.localworkspace.rest.WarehouseRoutes;
import io.lakeport.localworkspace.rest.files.DbfsRoutes;
import io.lakeport.localworkspace.rest.files.FilesRoutes;
import io.lakeport.localworkspace.rest.files.WorkspaceObjectRoutes;
import io.lakeport.localworkspace.rest.unity.UnityRoutes;
import io.lakeport.localworkspace.statement.StatementRoutes;
import io.lakeport.localworkspace.thrift.ThriftRoutes;
import java.time.Clock;

/** Every path that a workspace answers. */
final class WorkspaceRoutes {
    private WorkspaceRoutes() {}

    static Router of(WorkspaceParts parts) {
        TokenService tokens = parts.tokens();
        Clock clock = parts.options().clock();
        Router router = new Router();
        StatementRoutes statementRoutes = new StatementRoutes(parts.statements(), tokens);
        statementRoutes.addTo(router);
        EngineQuery query = new EngineQuery(parts.engine());
        new ThriftRoutes(
                        statementRoutes.gateway(),
                        query,
                        tokens,
                        Foundation.WAREHOUSE_ID,
                        parts.clusters()::serves,
                        new PlannedFaults(parts.faults()))
                .addTo(router);
        new OidcRoutes(parts.identities(), tokens).addTo(router);
        new CloudRoutes(parts.identities().clouds()).addTo(router);
        new IdentityRoutes(tokens, parts.identities(), parts.permissions(), parts.ipAccess(), clock).addTo(router);
        new WarehouseRoutes(parts.warehouses(), parts.permissions(), tokens).addTo(router);
        new HistoryRoutes(parts.statements().history(), tokens, parts.permissions(), clock).addTo(router);
        new UnityRoutes(
                        parts.governance(),
                        parts.engine(),
                        tokens,
                        clock,
                        parts.options().stores())
                .addTo(router);
        new PlatformRoutes(tokens).addTo(router);
        new FilesRoutes(parts.files(), tokens, parts.links()).addTo(router);
        new DbfsRoutes(parts.files(), tokens).addTo(router);
        new WorkspaceObjectRoutes(parts.objects(), tokens).addTo(router);
        OwnerCheck owner = new OwnerCheck(tokens, parts.owner());
        new ControlRoutes(parts.engine(), parts.warehouses(), parts.statements().history(), owner, clock).addTo(router);
        new FaultRoutes(parts.faults(), owner).addTo(router);
        new LogRoutes(parts.requests(), owner).addTo(router);
        new ClusterRoutes(parts.clusters(), tokens).addTo(router);
        parts.jobs().addTo(router, tokens, clock);
        return router;
    }
}
