package io.lakeport.warehouse.sea;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.sql.TableName;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.testkit.contract.WarehouseContract;
import io.lakeport.warehouse.memory.DirectBuffers;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract of warehouses, held against the local workspace. */
class SeaContractTest implements WarehouseContract {
    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @AfterEach
    void noBufferLeft() {
        assertThat(DirectBuffers.shared().usedBytes()).isZero();
    }

    @Override
    public Warehouse open(MemoryBudget budget) {
        SimulatorConnection connection = workspace.connection();
        AccessToken token = new AccessToken(connection.token(), Instant.EPOCH, Optional.empty());
        return new SeaWarehouseProvider().open(Bench.local(connection, deadline -> token, budget));
    }

    @Override
    public Optional<TableName> scratchTable() {
        SimulatorConnection connection = workspace.connection();
        return Optional.of(TableName.parse(connection.catalog() + "." + connection.schema() + ".contract_scratch"));
    }
}
