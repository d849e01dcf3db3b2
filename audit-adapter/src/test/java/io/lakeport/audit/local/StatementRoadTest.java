package io.lakeport.audit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.audit.Tenants;
import io.lakeport.audit.ledger.JsonlLedgerProvider;
import io.lakeport.audit.rest.RestAuditSourceProvider;
import io.lakeport.audit.systemtables.SystemTableAuditSourceProvider;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.AuditSourceProvider;
import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.audit.LedgerEntry.Outcome;
import io.lakeport.core.audit.LedgerReconciliation;
import io.lakeport.core.audit.ReconciledEntry;
import io.lakeport.core.audit.ReconciledEntry.Verdict;
import io.lakeport.core.audit.ReconciliationReport;
import io.lakeport.core.audit.RecordingWarehouse;
import io.lakeport.core.audit.StatementLedger;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.query.WarehouseProvider;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.testkit.contract.AuditSourceContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that really run in the local workspace, seen from the ledger, the history and the doctor. */
class StatementRoadTest {
    private static LocalWorkspace workspace;
    private static SimulatorConnection connection;

    /** For sources, which do not close the warehouse they are given. */
    private static Warehouse shared;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        connection = workspace.connection();
        shared = sea();
    }

    @AfterAll
    static void stop() {
        shared.close();
        workspace.close();
    }

    /** By REST. */
    @Nested
    class Rest implements AuditSourceContract {
        @Override
        public AuditSource openSource() {
            return source(new RestAuditSourceProvider(), shared);
        }

        @Override
        public Warehouse openWarehouse() {
            return sea();
        }
    }

    /** By system table. */
    @Nested
    class SystemTables implements AuditSourceContract {
        @Override
        public AuditSource openSource() {
            return source(new SystemTableAuditSourceProvider(), shared);
        }

        @Override
        public Warehouse openWarehouse() {
            return sea();
        }
    }

    @Test
    @Tag("AK-27")
    void ledger_ofStatementsThatEndedInEveryWay_agreesWithBothRecordsOfTheWorkspace(@TempDir Path directory) {
        try (StatementLedger ledger = new JsonlLedgerProvider().open(directory);
                Warehouse below = sea();
                Warehouse warehouse = recording(below, ledger)) {
            assertThat(read(warehouse, "SELECT id FROM range(1000)")).isEqualTo(1_000);
            assertThat(read(warehouse, "SELECT 1 WHERE false")).isZero();
            assertThatThrownBy(() -> read(warehouse, "SELEKT 'canary-4711'")).isInstanceOf(LakeportException.class);
            assertThatThrownBy(() -> read(warehouse, "SELECT * FROM no_such_table"))
                    .isInstanceOf(LakeportException.class);
            warehouse.execute(request("SELECT id FROM range(50)")).close();

            List<LedgerEntry> entries = ledger.newest(tenant().id(), 10);
            assertThat(entries)
                    .extracting(LedgerEntry::outcome)
                    .containsExactly(
                            Outcome.ABANDONED, Outcome.FAILED, Outcome.FAILED, Outcome.SUCCEEDED, Outcome.SUCCEEDED);
            assertThat(entries.toString()).doesNotContain("canary-4711");
            assertAgrees(entries, new RestAuditSourceProvider(), below);
            assertAgrees(entries, new SystemTableAuditSourceProvider(), below);
        }
    }

    private static void assertAgrees(List<LedgerEntry> entries, AuditSourceProvider provider, Warehouse below) {
        try (AuditSource source = source(provider, below)) {
            ReconciliationReport report =
                    new LedgerReconciliation(source, Duration.ZERO, Clock.systemUTC()).compare(entries, Tenants.soon());

            assertThat(report.entries())
                    .as(provider.name())
                    .allSatisfy(entry -> assertThat(entry.differences()).isEmpty())
                    .extracting(ReconciledEntry::verdict)
                    .containsOnly(Verdict.MATCHED);
        }
    }

    private static long read(Warehouse warehouse, String sql) {
        long rows = 0;
        try (ResultStream stream = warehouse.execute(request(sql))) {
            for (Optional<ResultChunk> chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
                rows += chunk.get().rowCount();
                chunk.get().close();
            }
        }
        return rows;
    }

    private static StatementRequest request(String sql) {
        return StatementRequest.of(sql).build(Tenants.soon());
    }

    private static Warehouse recording(Warehouse below, StatementLedger ledger) {
        return new RecordingWarehouse(below, tenant().id(), tenant().defaultWarehouse(), ledger, Clock.systemUTC());
    }

    private static AuditSource source(AuditSourceProvider provider, Warehouse warehouse) {
        return provider.open(tenant(), tokens(), warehouse, Guard.NONE);
    }

    private static Warehouse sea() {
        WarehouseProvider provider = ServiceLoader.load(WarehouseProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.scheme().equals("sea"))
                .findFirst()
                .orElseThrow();
        return provider.open(new WarehouseContext(
                tenant(),
                tenant().defaultWarehouse(),
                tokens(),
                MemoryBudget.of("test", 64 << 20),
                Guard.NONE,
                Clock.systemUTC()));
    }

    private static TokenSource tokens() {
        return Tenants.tokens(connection.token().reveal());
    }

    private static Tenant tenant() {
        return Tenants.tenant("acme", connection.httpUrl().toString(), "Acme_Widget/1.2.3", connection.warehouseId());
    }
}
