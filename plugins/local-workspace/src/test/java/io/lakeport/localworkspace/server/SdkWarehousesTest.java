package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.sql.Channel;
import com.databricks.sdk.service.sql.ChannelName;
import com.databricks.sdk.service.sql.CreateWarehouseRequest;
import com.databricks.sdk.service.sql.CreateWarehouseRequestWarehouseType;
import com.databricks.sdk.service.sql.EditWarehouseRequest;
import com.databricks.sdk.service.sql.EndpointInfo;
import com.databricks.sdk.service.sql.EndpointTagPair;
import com.databricks.sdk.service.sql.EndpointTags;
import com.databricks.sdk.service.sql.GetWarehouseResponse;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import com.databricks.sdk.service.sql.SetWorkspaceWarehouseConfigRequest;
import com.databricks.sdk.service.sql.SpotInstancePolicy;
import com.databricks.sdk.service.sql.StartRequest;
import com.databricks.sdk.service.sql.State;
import com.databricks.sdk.service.sql.StopRequest;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.conformance.Proves;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The official SDK's warehouse calls. */
@Proves(value = "Warehouses", client = "Java SDK 0.141.0")
class SdkWarehousesTest {
    private static LocalWorkspace workspace;
    private static WorkspaceClient client;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
        SimulatorConnection c = workspace.connection();
        client = new WorkspaceClient(new DatabricksConfig()
                .setHost(c.httpUrl().toString())
                .setAuthType("pat")
                .setToken(c.token().reveal()));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static CreateWarehouseRequest request(String name) {
        return new CreateWarehouseRequest()
                .setName(name)
                .setClusterSize("Small")
                .setMinNumClusters(1L)
                .setMaxNumClusters(4L)
                .setAutoStopMins(15L)
                .setWarehouseType(CreateWarehouseRequestWarehouseType.PRO)
                .setEnableServerlessCompute(true)
                .setSpotInstancePolicy(SpotInstancePolicy.RELIABILITY_OPTIMIZED)
                .setChannel(new Channel().setName(ChannelName.CHANNEL_NAME_PREVIEW))
                .setTags(new EndpointTags()
                        .setCustomTags(
                                List.of(new EndpointTagPair().setKey("team").setValue("sales"))));
    }

    @Test
    @Tag("AK-31")
    @Tag("AK-32")
    void warehouse_fromCreateToDelete_isWhatTheClientSet() throws Exception {
        GetWarehouseResponse created =
                client.warehouses().create(request("Sales")).get();
        assertThat(created.getState()).isEqualTo(State.RUNNING);
        assertThat(created.getNumClusters()).isOne();
        assertThat(created.getClusterSize()).isEqualTo("Small");
        assertThat(created.getSpotInstancePolicy()).isEqualTo(SpotInstancePolicy.RELIABILITY_OPTIMIZED);
        assertThat(created.getChannel().getName()).isEqualTo(ChannelName.CHANNEL_NAME_PREVIEW);
        assertThat(created.getTags().getCustomTags())
                .containsExactly(new EndpointTagPair().setKey("team").setValue("sales"));
        assertThat(created.getOdbcParams().getPath()).isEqualTo("/sql/1.0/warehouses/" + created.getId());
        assertThat(created.getCreatorName()).isEqualTo(workspace.connection().clientId());

        client.warehouses()
                .edit(new EditWarehouseRequest()
                        .setId(created.getId())
                        .setMinNumClusters(2L)
                        .setName("Sales EU"));
        GetWarehouseResponse edited = client.warehouses().get(created.getId());
        assertThat(edited.getName()).isEqualTo("Sales EU");
        assertThat(edited.getNumClusters()).isEqualTo(2);
        assertThat(edited.getMaxNumClusters()).isEqualTo(4);

        assertThat(client.warehouses()
                        .stop(new StopRequest().setId(created.getId()))
                        .get()
                        .getState())
                .isEqualTo(State.STOPPED);
        assertThat(client.warehouses()
                        .start(new StartRequest().setId(created.getId()))
                        .get()
                        .getState())
                .isEqualTo(State.RUNNING);

        client.warehouses().delete(created.getId());
        assertThatThrownBy(() -> client.warehouses().get(created.getId())).isInstanceOf(NotFound.class);
        assertThat(client.warehouses().list(new ListWarehousesRequest()))
                .extracting(EndpointInfo::getId)
                .containsExactly(workspace.connection().warehouseId());
    }

    @Test
    void create_outOfBounds_isRefused() {
        assertThatThrownBy(() -> client.warehouses().create(request("a").setMaxNumClusters(41L)))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("max_num_clusters");
        assertThatThrownBy(() -> client.warehouses().create(request("a").setMinNumClusters(0L)))
                .hasMessageContaining("min_num_clusters");
        assertThatThrownBy(() -> client.warehouses()
                        .create(request("a").setEnableServerlessCompute(false).setAutoStopMins(9L)))
                .hasMessageContaining("auto_stop_mins");
        assertThatThrownBy(() -> client.warehouses().create(request("a").setClusterSize("Huge")))
                .hasMessageContaining("2X-Small");
        assertThatThrownBy(() -> client.warehouses().create(request("Local warehouse")))
                .hasMessageContaining("already exists");
    }

    @Test
    void configuration_set_isGiven() {
        client.warehouses()
                .setWorkspaceWarehouseConfig(
                        new SetWorkspaceWarehouseConfigRequest().setInstanceProfileArn("arn:aws:iam::1:x/y"));
        assertThat(client.warehouses().getWorkspaceWarehouseConfig().getInstanceProfileArn())
                .isEqualTo("arn:aws:iam::1:x/y");
        assertThat(client.warehouses().getWorkspaceWarehouseConfig().getEnabledWarehouseTypes())
                .hasSize(2);
    }
}
