package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.AccessControlRequest;
import com.databricks.sdk.service.iam.AccessControlResponse;
import com.databricks.sdk.service.iam.ListGroupsRequest;
import com.databricks.sdk.service.iam.ObjectPermissions;
import com.databricks.sdk.service.iam.Patch;
import com.databricks.sdk.service.iam.PatchGroupRequest;
import com.databricks.sdk.service.iam.PatchOp;
import com.databricks.sdk.service.iam.PatchServicePrincipalRequest;
import com.databricks.sdk.service.iam.PermissionLevel;
import com.databricks.sdk.service.iam.PermissionsDescription;
import com.databricks.sdk.service.iam.SetObjectPermissions;
import com.databricks.sdk.service.iam.UpdateObjectPermissions;
import com.databricks.sdk.service.settings.CreateTokenRequest;
import com.databricks.sdk.service.settings.TokenAccessControlRequest;
import com.databricks.sdk.service.settings.TokenPermissionLevel;
import com.databricks.sdk.service.settings.TokenPermissionsRequest;
import com.databricks.sdk.service.sql.CreateWarehouseRequest;
import com.databricks.sdk.service.sql.EndpointInfo;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import com.databricks.sdk.service.sql.StatementState;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.conformance.Proves;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Permissions of objects, and that a warehouse and Databricks SQL are closed to who may not use them. */
@Proves(value = "Permissions", client = "Java SDK 0.141.0")
class PermissionApiTest {
    private static final String REFUSED =
            "You do not have permission to use the SQL Warehouse. Please contact your administrator.";

    private LocalWorkspace workspace;
    private WorkspaceClient admin;
    private Principal reader;
    private String warehouse;

    @BeforeEach
    void start() {
        workspace = Workspaces.start();
        admin = Clients.admin(workspace);
        reader = workspace.identities().addServicePrincipal("reader");
        warehouse = workspace.connection().warehouseId();
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    private static AccessControlRequest to(Principal principal, PermissionLevel level) {
        return new AccessControlRequest()
                .setServicePrincipalName(principal.applicationId())
                .setPermissionLevel(level);
    }

    private ObjectPermissions set(AccessControlRequest... list) {
        return admin.permissions()
                .set(new SetObjectPermissions()
                        .setRequestObjectType("warehouses")
                        .setRequestObjectId(warehouse)
                        .setAccessControlList(List.of(list)));
    }

    private StatementState run(WorkspaceClient client) {
        return client.statementExecution()
                .executeStatement(
                        new ExecuteStatementRequest().setStatement("SELECT 1").setWarehouseId(warehouse))
                .getStatus()
                .getState();
    }

    @Test
    void warehouse_withoutCanUse_isClosedToStatementsSessionsAndBothDriverModes() {
        WorkspaceClient client = Clients.m2m(workspace, reader);
        assertThat(run(client)).isEqualTo(StatementState.SUCCEEDED);
        set();
        assertThatThrownBy(() -> run(client))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining(REFUSED);
        String token =
                workspace.identities().addToken(reader, Duration.ofHours(1)).reveal();
        RawClient raw = new RawClient(workspace.connection().httpUrl(), token);
        assertThat(raw.post("/api/2.0/sql/warehouses/" + warehouse + "/sessions", "{}")
                        .text())
                .isEqualTo("{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"" + REFUSED + "\"}");
        for (int thrift = 0; thrift < 2; thrift++) {
            int mode = thrift;
            assertThatThrownBy(() -> connect(token, mode).close())
                    .as("thrift " + thrift)
                    .isInstanceOf(SQLException.class)
                    .hasStackTraceContaining("permission to use the SQL Warehouse");
        }
        set(to(reader, PermissionLevel.CAN_USE));
        assertThat(run(client)).isEqualTo(StatementState.SUCCEEDED);
    }

    private Connection connect(String token, int thrift) throws SQLException {
        SimulatorConnection c = workspace.connection();
        return DriverManager.getConnection("jdbc:databricks://localhost:" + c.port()
                + "/default;ssl=0;AuthMech=3;UID=token;PWD=" + token + ";httpPath=" + c.httpPath()
                + ";UseThriftClient=" + thrift
                + ";EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0");
    }

    @Test
    void warehouse_byGroupAndLevel_isOpened() {
        var group = workspace.identities().addGroup("analysts");
        workspace.identities().addMember(group, reader);
        set(new AccessControlRequest().setGroupName("analysts").setPermissionLevel(PermissionLevel.CAN_VIEW));
        assertThatThrownBy(() -> run(Clients.m2m(workspace, reader))).isInstanceOf(PermissionDenied.class);
        set(new AccessControlRequest().setGroupName("analysts").setPermissionLevel(PermissionLevel.CAN_MONITOR));
        assertThat(run(Clients.m2m(workspace, reader))).isEqualTo(StatementState.SUCCEEDED);
    }

    @Test
    void sqlAccess_takenFromTheUsersGroup_closesDatabricksSql() {
        WorkspaceClient client = Clients.m2m(workspace, reader);
        String users = admin.groupsV2()
                .list(new ListGroupsRequest().setFilter("displayName eq users"))
                .iterator()
                .next()
                .getId();
        admin.groupsV2()
                .patch(new PatchGroupRequest()
                        .setId(users)
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.REMOVE)
                                .setPath("entitlements[value eq \"databricks-sql-access\"]"))));
        assertThatThrownBy(() -> run(client))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("This API is disabled for users without the databricks-sql-access");
        assertThat(run(admin)).isEqualTo(StatementState.SUCCEEDED);
    }

    @Test
    void warehouses_ofOthers_areHiddenAndTheirOwnersMayManageThem() {
        set();
        WorkspaceClient client = Clients.m2m(workspace, reader);
        assertThat(client.warehouses().list(new ListWarehousesRequest())).isEmpty();
        assertThatThrownBy(() -> client.warehouses().get(warehouse)).isInstanceOf(PermissionDenied.class);
        CreateWarehouseRequest own = new CreateWarehouseRequest()
                .setName("own")
                .setClusterSize("2X-Small")
                .setMaxNumClusters(1L);
        assertThatThrownBy(() -> client.warehouses().create(own)).isInstanceOf(PermissionDenied.class);
        admin.servicePrincipalsV2()
                .patch(new PatchServicePrincipalRequest()
                        .setId("" + reader.id())
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.ADD)
                                .setPath("entitlements")
                                .setValue(List.of(java.util.Map.of("value", "allow-cluster-create"))))));
        String id = client.warehouses().create(own).getResponse().getId();
        assertThat(client.warehouses().list(new ListWarehousesRequest()))
                .extracting(EndpointInfo::getId)
                .containsExactly(id);
        set(to(reader, PermissionLevel.CAN_USE));
        assertThatThrownBy(() ->
                        client.warehouses().stop(new com.databricks.sdk.service.sql.StopRequest().setId(warehouse)))
                .isInstanceOf(PermissionDenied.class);
        client.warehouses().delete(id);
        assertThatThrownBy(() -> admin.permissions().get("warehouses", id)).isInstanceOf(NotFound.class);
    }

    @Test
    void history_showsOthersQueriesToMonitorsOnly() {
        run(admin);
        WorkspaceClient client = Clients.m2m(workspace, reader);
        run(client);
        String history = "/api/2.0/sql/history/queries";
        RawClient raw = new RawClient(
                workspace.connection().httpUrl(),
                workspace.identities().addToken(reader, Duration.ofHours(1)).reveal());
        assertThat(raw.get(history).json().path("res"))
                .extracting(q -> q.path("user_name").asText())
                .containsExactly(reader.applicationId());
        set(to(reader, PermissionLevel.CAN_MONITOR));
        assertThat(raw.get(history).json().path("res")).hasSize(2);
    }

    @Test
    void permissions_getSetUpdate_keepOneOwner() {
        ObjectPermissions before = admin.permissions().get("warehouses", warehouse);
        assertThat(before.getObjectId()).isEqualTo("/sql/warehouses/" + warehouse);
        assertThat(before.getObjectType()).isEqualTo("warehouses");
        assertThat(levels(before))
                .containsExactlyInAnyOrder(
                        workspace.connection().clientId() + " IS_OWNER",
                        "users CAN_USE",
                        "admins CAN_MANAGE inherited");
        ObjectPermissions updated = admin.permissions()
                .update(new UpdateObjectPermissions()
                        .setRequestObjectType("sql/warehouses")
                        .setRequestObjectId(warehouse)
                        .setAccessControlList(List.of(to(reader, PermissionLevel.IS_OWNER))));
        assertThat(levels(updated))
                .containsExactlyInAnyOrder(
                        reader.applicationId() + " IS_OWNER", "users CAN_USE", "admins CAN_MANAGE inherited");
        assertThat(levels(set()))
                .containsExactlyInAnyOrder(reader.applicationId() + " IS_OWNER", "admins CAN_MANAGE inherited");
        assertThat(admin.permissions()
                        .getPermissionLevels("warehouses", warehouse)
                        .getPermissionLevels())
                .extracting(PermissionsDescription::getPermissionLevel)
                .contains(PermissionLevel.CAN_USE, PermissionLevel.CAN_MONITOR, PermissionLevel.IS_OWNER);
    }

    private static List<String> levels(ObjectPermissions permissions) {
        return permissions.getAccessControlList().stream()
                .map(PermissionApiTest::level)
                .toList();
    }

    private static String level(AccessControlResponse entry) {
        String name = entry.getGroupName() != null ? entry.getGroupName() : entry.getServicePrincipalName();
        var permission = entry.getAllPermissions().iterator().next();
        return name + " " + permission.getPermissionLevel() + (permission.getInherited() ? " inherited" : "");
    }

    @Test
    void permissions_badInput_isRefused() {
        assertThatThrownBy(() -> set(to(reader, PermissionLevel.CAN_RESTART))).isInstanceOf(BadRequest.class);
        assertThatThrownBy(() -> set(new AccessControlRequest()
                        .setUserName("nobody@example.com")
                        .setPermissionLevel(PermissionLevel.CAN_USE)))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("Principal: UserName(nobody@example.com) does not exist");
        assertThatThrownBy(() -> set(to(reader, PermissionLevel.IS_OWNER), to(reader, PermissionLevel.IS_OWNER)))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("exactly one owner");
        assertThatThrownBy(() -> admin.permissions().get("warehouses", "ffffffffffffffff"))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> admin.permissions().get("spoons", "1")).isInstanceOf(BadRequest.class);
        WorkspaceClient client = Clients.m2m(workspace, reader);
        assertThatThrownBy(() -> client.permissions()
                        .set(new SetObjectPermissions()
                                .setRequestObjectType("warehouses")
                                .setRequestObjectId(warehouse)))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void tokens_permission_decidesWhoMayCreateOne() {
        WorkspaceClient client = Clients.m2m(workspace, reader);
        assertThat(client.tokens().create(new CreateTokenRequest()).getTokenValue())
                .startsWith("dapi");
        admin.tokenManagement()
                .setPermissions(new TokenPermissionsRequest()
                        .setAccessControlList(List.of(new TokenAccessControlRequest()
                                .setGroupName("admins")
                                .setPermissionLevel(TokenPermissionLevel.CAN_USE))));
        assertThatThrownBy(() -> client.tokens().create(new CreateTokenRequest()))
                .isInstanceOf(PermissionDenied.class);
        assertThat(admin.tokenManagement().getPermissions().getObjectId()).isEqualTo("/authorization/tokens");
    }

    @Test
    void enforcement_switchedOff_opensEverything() {
        set();
        try (LocalWorkspace open = Workspaces.start(WorkspaceOptions.defaults().withEnforceGovernance(false))) {
            open.permissions()
                    .write(
                            io.lakeport.localworkspace.access.ObjectType.WAREHOUSES,
                            open.connection().warehouseId(),
                            java.util.Map.of());
            Principal anybody = open.identities().addServicePrincipal("anybody");
            assertThat(Clients.m2m(open, anybody)
                            .statementExecution()
                            .executeStatement(new ExecuteStatementRequest()
                                    .setStatement("SELECT 1")
                                    .setWarehouseId(open.connection().warehouseId()))
                            .getStatus()
                            .getState())
                    .isEqualTo(StatementState.SUCCEEDED);
        }
    }
}
