package io.lakeport.warehouse.jdbc;

import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.testkit.contract.WarehouseContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The official driver behind the port, against the local workspace. */
class JdbcWarehouseContractTest implements WarehouseContract {
    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @Override
    public Warehouse open(MemoryBudget budget) {
        return LocalWarehouse.open(
                workspace.connection(), UserAgentEntry.parse("Acme_Widget/1.0"), workspace.connection()::token, budget);
    }

    @Override
    public Optional<TableName> scratchTable() {
        return Optional.of(TableName.parse("main.default.jdbc_contract"));
    }
}
