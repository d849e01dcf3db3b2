package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.ResourceDoesNotExist;
import com.databricks.sdk.service.compute.ClusterDetails;
import com.databricks.sdk.service.compute.CreateCluster;
import com.databricks.sdk.service.compute.DeleteCluster;
import com.databricks.sdk.service.compute.EditCluster;
import com.databricks.sdk.service.compute.EventType;
import com.databricks.sdk.service.compute.GetEvents;
import com.databricks.sdk.service.compute.ListClustersRequest;
import com.databricks.sdk.service.compute.PermanentDeleteCluster;
import com.databricks.sdk.service.compute.ResizeCluster;
import com.databricks.sdk.service.compute.StartCluster;
import com.databricks.sdk.service.compute.State;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The official SDK's cluster calls. */
@Proves(value = "Clusters", client = "Java SDK 0.141.0")
class SdkClustersTest {
    private static LocalWorkspace workspace;
    private static WorkspaceClient client;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory(), WorkspaceOptions.defaults(), DuckEngine::open);
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

    private static CreateCluster request() {
        return new CreateCluster()
                .setClusterName("shared")
                .setSparkVersion("15.4.x-scala2.12")
                .setNodeTypeId("i3.xlarge")
                .setNumWorkers(2L)
                .setAutoterminationMinutes(30L)
                .setCustomTags(Map.of("team", "sales"));
    }

    @Test
    void cluster_fromCreateToPermanentDelete_goesThroughItsStates() throws Exception {
        ClusterDetails created = client.clusters().create(request()).get();
        String id = created.getClusterId();
        assertThat(created.getState()).isEqualTo(State.RUNNING);
        assertThat(created.getClusterCores()).isEqualTo(12.0);
        assertThat(created.getDriverNodeTypeId()).isEqualTo("i3.xlarge");

        assertThat(client.clusters()
                        .resize(new ResizeCluster().setClusterId(id).setNumWorkers(4L))
                        .get()
                        .getNumWorkers())
                .isEqualTo(4);
        client.clusters()
                .edit(new EditCluster()
                        .setClusterId(id)
                        .setClusterName("edited")
                        .setSparkVersion("16.4.x-scala2.12")
                        .setNodeTypeId("m5d.xlarge")
                        .setNumWorkers(1L))
                .get(Duration.ofSeconds(30));
        assertThat(client.clusters().get(id).getClusterName()).isEqualTo("edited");
        ClusterDetails ended =
                client.clusters().delete(new DeleteCluster().setClusterId(id)).get();
        assertThat(ended.getState()).isEqualTo(State.TERMINATED);
        assertThat(ended.getTerminationReason().getCode().toString()).isEqualTo("USER_REQUEST");
        assertThat(client.clusters().events(new GetEvents().setClusterId(id)))
                .extracting(event -> event.getType())
                .contains(EventType.CREATING, EventType.RESIZING, EventType.EDITED, EventType.TERMINATING);

        assertThat(client.clusters()
                        .start(new StartCluster().setClusterId(id))
                        .get()
                        .getState())
                .isEqualTo(State.RUNNING);
        client.clusters().permanentDelete(new PermanentDeleteCluster().setClusterId(id));
        assertThat(client.clusters().list(new ListClustersRequest()))
                .extracting(ClusterDetails::getClusterId)
                .doesNotContain(id);
        assertThatThrownBy(() -> client.clusters().get(id)).isInstanceOf(ResourceDoesNotExist.class);
        assertThat(new RawClient(workspace)
                        .run(
                                "SELECT sum(usage_quantity) > 0, count(DISTINCT usage_metadata.node_type) FROM"
                                        + " system.billing.usage WHERE usage_metadata.cluster_id = '" + id + "'",
                                "")
                        .path("result")
                        .path("data_array")
                        .toString())
                .isEqualTo("[[\"true\",\"2\"]]");
    }

    @Test
    @Tag("AA-49")
    void driver_onAClusterThatIsOff_startsItAndQueries() throws Exception {
        String id = client.clusters().create(request()).get().getClusterId();
        client.clusters().delete(new DeleteCluster().setClusterId(id)).get();
        SimulatorConnection c = workspace.connection();
        String url = "jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;UID=token;PWD="
                + c.token().reveal() + ";httpPath=/sql/protocolv1/o/0/" + id + ";EnableTelemetry=0";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT 7")) {
            answer.next();
            assertThat(answer.getInt(1)).isEqualTo(7);
        }
        assertThat(client.clusters().get(id).getState()).isEqualTo(State.RUNNING);
    }

    @Test
    void lists_andRefusals_areThere() {
        assertThat(client.clusters().sparkVersions().getVersions())
                .extracting(version -> version.getKey())
                .contains("15.4.x-scala2.12");
        assertThat(client.clusters().listNodeTypes().getNodeTypes())
                .extracting(type -> type.getNodeTypeId())
                .contains("i3.xlarge");
        assertThatThrownBy(() -> client.clusters().create(request().setNodeTypeId("abacus")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("abacus");
        assertThatThrownBy(() -> client.clusters().create(request().setAutoterminationMinutes(3L)))
                .hasMessageContaining("autotermination_minutes");
    }
}
