package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.sql.CancelExecutionRequest;
import com.databricks.sdk.service.sql.Disposition;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.Format;
import com.databricks.sdk.service.sql.ListQueryHistoryRequest;
import com.databricks.sdk.service.sql.QueryFilter;
import com.databricks.sdk.service.sql.QueryInfo;
import com.databricks.sdk.service.sql.QueryStatus;
import com.databricks.sdk.service.sql.QueryTag;
import com.databricks.sdk.service.sql.State;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import com.databricks.sdk.service.sql.StopRequest;
import com.databricks.sdk.service.sql.TimeRange;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.conformance.Proves;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official SDK, unmodified, with OAuth M2M over plain HTTP. */
@Proves(value = "Statement execution", client = "Java SDK 0.141.0")
class SdkTest {
    private static LocalWorkspace workspace;
    private static WorkspaceClient client;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
        SimulatorConnection c = workspace.connection();
        client = new WorkspaceClient(new DatabricksConfig()
                .setHost(c.httpUrl().toString())
                .setAuthType("oauth-m2m")
                .setClientId(c.clientId())
                .setClientSecret(c.clientSecret().reveal()));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static ExecuteStatementRequest statement(String sql) {
        return new ExecuteStatementRequest()
                .setStatement(sql)
                .setWarehouseId(workspace.connection().warehouseId());
    }

    @Test
    void execute_smallQuery_givesRowsAndTypes() {
        StatementResponse answer =
                client.statementExecution().executeStatement(statement("SELECT 7::INT AS n, 'a' AS s"));
        assertThat(answer.getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(answer.getResult().getDataArray().iterator().next()).containsExactly("7", "a");
        assertThat(answer.getManifest().getSchema().getColumns())
                .extracting(column -> String.valueOf(column.getTypeName()))
                .containsExactly("INT", "STRING");
    }

    @Test
    void execute_links_pagesThroughEveryChunk() {
        StatementResponse answer = client.statementExecution()
                .executeStatement(statement("SELECT i FROM range(300000) t(i)")
                        .setDisposition(Disposition.EXTERNAL_LINKS)
                        .setFormat(Format.ARROW_STREAM));
        long rows = 0;
        for (long chunk = 0; chunk < answer.getManifest().getTotalChunkCount(); chunk++) {
            rows += client.statementExecution()
                    .getStatementResultChunkN(answer.getStatementId(), chunk)
                    .getExternalLinks()
                    .iterator()
                    .next()
                    .getRowCount();
        }
        assertThat(rows).isEqualTo(300_000);
    }

    @Test
    void cancel_runningStatement_endsCanceled() {
        StatementResponse started = client.statementExecution()
                .executeStatement(
                        statement("SELECT count(*) FROM range(100000000000) a").setWaitTimeout("0s"));
        client.statementExecution()
                .cancelExecution(new CancelExecutionRequest().setStatementId(started.getStatementId()));
        assertThat(client.statementExecution()
                        .getStatement(started.getStatementId())
                        .getStatus()
                        .getState())
                .isEqualTo(StatementState.CANCELED);
    }

    @Test
    void errors_areTyped() {
        assertThatThrownBy(() -> client.statementExecution().getStatement("01ee0000-0000-0000-0000-000000000000"))
                .isInstanceOf(NotFound.class);
        WorkspaceClient wrong = new WorkspaceClient(new DatabricksConfig()
                .setHost(workspace.connection().httpUrl().toString())
                .setAuthType("pat")
                .setToken("dapi00000000000000000000000000000000"));
        assertThatThrownBy(() -> wrong.currentUser().me(new MeRequest())).isInstanceOf(PermissionDenied.class);
    }

    @Test
    void warehouse_stopStart_goesThroughItsStates() throws Exception {
        String id = workspace.warehouses().add("fedcba9876543210", "Other").id();
        assertThat(client.warehouses().list(new com.databricks.sdk.service.sql.ListWarehousesRequest()))
                .extracting(warehouse -> warehouse.getId())
                .contains(id, workspace.connection().warehouseId());
        client.warehouses().stop(new StopRequest().setId(id)).get();
        assertThat(client.warehouses().get(id).getState()).isEqualTo(State.STOPPED);
        StatementResponse answer = client.statementExecution()
                .executeStatement(
                        new ExecuteStatementRequest().setStatement("SELECT 1").setWarehouseId(id));
        assertThat(answer.getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(client.warehouses().get(id).getState()).isEqualTo(State.RUNNING);
    }

    @Test
    void history_byIdAndTime_tellsWhatRan() {
        long before = System.currentTimeMillis() - 1;
        StatementResponse answer = client.statementExecution()
                .executeStatement(statement("SELECT 'history' AS h")
                        .setQueryTags(List.of(new QueryTag().setKey("purpose").setValue("test"))));
        client.statementExecution().executeStatement(statement("SELEC 2"));

        QueryInfo info = history(new QueryFilter().setStatementIds(List.of(answer.getStatementId())))
                .get(0);
        assertThat(info.getQueryText()).isEqualTo("SELECT 'history' AS h");
        assertThat(info.getStatus()).isEqualTo(QueryStatus.FINISHED);
        assertThat(info.getUserName()).isEqualTo(workspace.connection().clientId());
        assertThat(info.getRowsProduced()).isOne();
        assertThat(info.getClientApplication()).contains("databricks-sdk-java/0.141.0");
        assertThat(info.getQueryTags())
                .extracting(QueryTag::getKey, QueryTag::getValue)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("purpose", "test"));
        assertThat(info.getMetrics().getTotalTimeMs()).isNotNegative();

        List<QueryInfo> failed = history(new QueryFilter()
                .setStatuses(List.of(QueryStatus.FAILED))
                .setQueryStartTimeRange(new TimeRange().setStartTimeMs(before)));
        assertThat(failed).extracting(QueryInfo::getQueryText).containsExactly("SELEC 2");
        assertThat(failed.get(0).getErrorMessage()).isNotEmpty();
    }

    private static List<QueryInfo> history(QueryFilter filter) {
        return List.copyOf(client.queryHistory()
                .list(new ListQueryHistoryRequest()
                        .setFilterBy(filter)
                        .setIncludeMetrics(true)
                        .setMaxResults(10L))
                .getRes());
    }
}
