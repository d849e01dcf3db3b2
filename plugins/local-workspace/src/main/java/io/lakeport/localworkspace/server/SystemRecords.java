package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.account.AccountHistory;
import io.lakeport.localworkspace.account.KnownTotals;
import io.lakeport.localworkspace.audit.AuditGate;
import io.lakeport.localworkspace.audit.AuditLog;
import io.lakeport.localworkspace.audit.StatementAudit;
import io.lakeport.localworkspace.billing.AttributedUsageTable;
import io.lakeport.localworkspace.billing.PriceList;
import io.lakeport.localworkspace.billing.UsageTable;
import io.lakeport.localworkspace.billing.WarehouseUsage;
import io.lakeport.localworkspace.cluster.ClusterFacts;
import io.lakeport.localworkspace.cluster.NodeTypesTable;
import io.lakeport.localworkspace.http.Gate;
import io.lakeport.localworkspace.lineage.LineageTables;
import io.lakeport.localworkspace.statement.StatementHistory;
import io.lakeport.localworkspace.system.PlainTable;
import io.lakeport.localworkspace.system.QueryHistoryTable;
import io.lakeport.localworkspace.system.SystemTables;
import io.lakeport.localworkspace.system.WarehouseEventsTable;
import io.lakeport.localworkspace.system.WarehousesTable;
import io.lakeport.localworkspace.system.WorkspacesTable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What the workspace records of itself, and the system tables that show it.
 *
 * @param tables the system tables
 * @param gate sees every request
 * @param totals what the bill of the invented past comes to, empty without one
 */
record SystemRecords(SystemTables tables, Gate gate, Optional<KnownTotals> totals) {
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
        Optional<AccountHistory> past = parts.options()
                .accountHistory()
                .map(settings ->
                        AccountHistory.generate(settings, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        past.ifPresent(invented -> invented.addTo(tables));
        tables.add(past.map(AccountHistory::prices).orElseGet(PriceList::steady));
        tables.add(new UsageTable(List.of(warehouseUsage, parts.clusters()), clock));
        tables.add(new AttributedUsageTable(warehouseUsage, history, clock));
        tables.add(new NodeTypesTable());
        tables.add(PlainTable.recent(
                "system.compute.clusters",
                () -> parts.clusters().changes().stream().map(ClusterFacts::row).toList()));
        new LineageTables(parts.engine(), history).addTo(tables);
        parts.jobs().addTo(tables);
        parts.statements().listen(tables);
        parts.statements().listen(new StatementAudit(audit));
        return new SystemRecords(tables, new AuditGate(audit, parts.tokens(), clock), past.map(AccountHistory::totals));
    }
}
