package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.audit.AuditGate;
import io.lakeport.localworkspace.audit.AuditLog;
import io.lakeport.localworkspace.audit.StatementAudit;
import io.lakeport.localworkspace.billing.AttributedUsageTable;
import io.lakeport.localworkspace.billing.PriceList;
import io.lakeport.localworkspace.billing.UsageTable;
import io.lakeport.localworkspace.billing.WarehouseUsage;
import io.lakeport.localworkspace.http.Gate;
import io.lakeport.localworkspace.statement.StatementHistory;
import io.lakeport.localworkspace.system.QueryHistoryTable;
import io.lakeport.localworkspace.system.SystemTables;
import io.lakeport.localworkspace.system.WarehouseEventsTable;
import io.lakeport.localworkspace.system.WarehousesTable;
import io.lakeport.localworkspace.system.WorkspacesTable;
import java.time.Clock;
import java.util.List;

/**
 * What the workspace records of itself, and the system tables that show it.
 *
 * @param tables the system tables
 * @param gate sees every request
 */
record SystemRecords(SystemTables tables, Gate gate) {
    static SystemRecords keep(WorkspaceParts parts, WorkspaceServer.Owner owner) {
        Clock clock = parts.options().clock();
        StatementHistory history = parts.statements().history();
        SystemTables tables = owner.own(new SystemTables(parts.engine(), parts.state()));
        AuditLog audit = new AuditLog();
        WarehouseUsage warehouseUsage = new WarehouseUsage(parts.warehouses());
        tables.add(audit);
        tables.add(new QueryHistoryTable(history, clock));
        tables.add(new WarehousesTable(parts.warehouses()));
        tables.add(new WarehouseEventsTable(parts.warehouses()));
        tables.add(new WorkspacesTable(clock.instant()));
        tables.add(PriceList.steady());
        tables.add(new UsageTable(List.of(warehouseUsage), clock));
        tables.add(new AttributedUsageTable(warehouseUsage, history, clock));
        parts.statements().listen(tables);
        parts.statements().listen(new StatementAudit(audit));
        return new SystemRecords(tables, new AuditGate(audit, parts.tokens(), clock));
    }
}
