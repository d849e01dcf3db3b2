package io.lakeport.audit.warehouses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.audit.Tenants;
import io.lakeport.audit.workspace.SdkControlPlaneProvider;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.Scaling;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.warehouse.WarehouseInfo;
import io.lakeport.core.warehouse.WarehouseStarts;
import io.lakeport.core.warehouse.WarehouseState;
import io.lakeport.core.warehouse.WarehouseTier;
import io.lakeport.core.workspace.ControlPlane;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.localworkspace.warehouse.Warehouse;
import io.lakeport.localworkspace.warehouse.WarehouseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The warehouses of the local workspace, through the port. */
class SdkWarehousesTest {
    private static LocalWorkspace workspace;
    private static ControlPlane plane;
    private static WarehouseControl warehouses;
    private static WarehouseId first;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        SimulatorConnection connection = workspace.connection();
        first = WarehouseId.of(connection.warehouseId());
        plane = new SdkControlPlaneProvider()
                .open(
                        Tenants.tenant("acme", connection.httpUrl().toString(), "Acme_Widget/1.2.3", first.value()),
                        Tenants.tokens(connection.token().reveal()),
                        Guard.NONE);
        warehouses = plane.warehouses();
    }

    @AfterAll
    static void stop() {
        plane.close();
        workspace.close();
    }

    @BeforeEach
    void clear() {
        workspace.requests().clear();
    }

    @Test
    @Tag("AK-31")
    void list_namesTierSizeAndScalingOfEachByName() {
        assertThat(warehouses.list(Tenants.soon())).anySatisfy(info -> {
            assertThat(info.id()).isEqualTo(first);
            assertThat(info.name()).isEqualTo("Local warehouse");
            assertThat(info.tier()).isEqualTo(WarehouseTier.SERVERLESS);
            assertThat(info.size()).hasValueSatisfying(size -> assertThat(size).hasToString("2X-Small"));
            assertThat(info.photon()).isTrue();
            assertThat(info.trouble()).isEmpty();
        });
    }

    @Test
    @Tag("AK-32")
    void scale_leavesAllElseAsItIs() {
        Warehouse second = workspace.warehouses().create(WarehouseSettings.serverless("To be scaled"));
        WarehouseId id = WarehouseId.of(second.id());
        WarehouseSettings before = second.settings();

        warehouses.scale(id, new Scaling(1, 4, Duration.ofMinutes(5)), Tenants.soon());

        WarehouseSettings after = second.settings();
        assertThat(after.maxClusters()).isEqualTo(4);
        assertThat(after.autoStopMinutes()).isEqualTo(5);
        assertThat(after.name()).isEqualTo(before.name());
        assertThat(after.size()).isEqualTo(before.size());
        assertThat(after.serverless()).isTrue();
        assertThat(after.channel()).isEqualTo(before.channel());
        assertThat(warehouses.get(id, Tenants.soon()).scaling()).hasValue(new Scaling(1, 4, Duration.ofMinutes(5)));
    }

    @Test
    @Tag("AK-33")
    @Tag("AK-20")
    void startAndWait_stoppedWarehouse_runsAndTellsItsStatesOnTheWay() {
        Warehouse third = workspace.warehouses().create(WarehouseSettings.serverless("To be started"));
        third.stop();
        WarehouseId id = WarehouseId.of(third.id());
        List<WarehouseState> seen = new ArrayList<>();

        WarehouseInfo info = new WarehouseStarts()
                .run(
                        WorkspaceHost.parse(workspace.connection().httpUrl().toString()),
                        id,
                        warehouses,
                        Deadline.after(Duration.ofSeconds(30)),
                        progress -> seen.add(progress.warehouse().state()));

        assertThat(info.state()).isEqualTo(WarehouseState.RUNNING);
        assertThat(seen).startsWith(WarehouseState.STOPPED).endsWith(WarehouseState.RUNNING);
        assertThat(workspace.requests().all())
                .filteredOn(request -> request.path().endsWith("/start"))
                .hasSize(1);
        assertThat(workspace.requests().all())
                .extracting(LoggedRequest::userAgent)
                .allMatch(agent -> agent.startsWith("Acme_Widget/1.2.3 Lakeport/"));
        warehouses.stop(id, Tenants.soon());
        assertThat(warehouses.get(id, Tenants.soon()).state()).isIn(WarehouseState.STOPPING, WarehouseState.STOPPED);
    }

    @Test
    void start_warehouseThatIsNotThere_isNotFoundAndNamesIt() {
        LakeportException missing = catchThrowableOfType(
                LakeportException.class, () -> warehouses.start(WarehouseId.of("ffffffffffffffff"), Tenants.soon()));

        assertThat(missing.is(CoreError.OBJECT_NOT_FOUND)).isTrue();
        assertThat(missing).hasMessageContaining("'ffffffffffffffff'");
    }
}
