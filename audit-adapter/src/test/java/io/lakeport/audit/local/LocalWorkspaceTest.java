package io.lakeport.audit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.audit.Tenants;
import io.lakeport.audit.rest.RestAuditSourceProvider;
import io.lakeport.audit.workspace.SdkControlPlaneProvider;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.HistoryEntry;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.warehouse.WarehouseState;
import io.lakeport.core.workspace.ControlPlane;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.localworkspace.server.WorkspaceOptions;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The SDK's client against the local workspace, which the unmodified SDK accepts as a workspace. */
class LocalWorkspaceTest {
    private static LocalWorkspace workspace;
    private static SimulatorConnection connection;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(
                SimulatorSettings.inMemory(), WorkspaceOptions.defaults(), data -> engineThatRefuses());
        connection = workspace.connection();
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @BeforeEach
    void clear() {
        workspace.requests().clear();
    }

    @Test
    @Tag("BI-30")
    @Tag("AK-20")
    void controlPlane_rootPrincipalAndWarehouse_areReadUnderTheTenantsName() {
        try (ControlPlane plane = plane(connection.token())) {
            assertThat(plane.objectType("/", Tenants.soon())).isEqualTo("DIRECTORY");
            assertThat(plane.principal(Tenants.soon())).isEqualTo("lakeport");
            assertThat(plane.warehouses().get(WarehouseId.of(connection.warehouseId()), Tenants.soon()))
                    .satisfies(status -> assertThat(status.name()).isEqualTo("Local warehouse"))
                    .satisfies(status -> assertThat(status.state()).isEqualTo(WarehouseState.RUNNING));
        }
        assertThat(workspace.requests().all())
                .as("no other request than the three, such as the SDK's host metadata")
                .extracting(LoggedRequest::path)
                .containsExactly(
                        "/api/2.0/workspace/get-status",
                        "/api/2.0/preview/scim/v2/Me",
                        "/api/2.0/sql/warehouses/" + connection.warehouseId());
        assertThat(workspace.requests().all())
                .allMatch(request -> request.userAgent().startsWith("Acme_Widget/1.2.3 Lakeport/"));
    }

    @Test
    void controlPlane_nothingThere_isNotFound() {
        try (ControlPlane plane = plane(connection.token())) {
            LakeportException missing = catchThrowableOfType(
                    LakeportException.class,
                    () -> plane.warehouses().get(WarehouseId.of("ffffffffffffffff"), Tenants.soon()));

            assertThat(missing.is(CoreError.OBJECT_NOT_FOUND)).isTrue();
            assertThat(missing).hasMessageContaining("'ffffffffffffffff'");
        }
    }

    @Test
    void controlPlane_tokenRevoked_isTokenRejected() {
        Secret token = workspace.identities().addToken(workspace.principal(), Duration.ofDays(1));
        try (ControlPlane plane = plane(token)) {
            assertThat(plane.objectType("/", Tenants.soon())).isEqualTo("DIRECTORY");

            workspace.identities().revokeToken(token);

            LakeportException refused =
                    catchThrowableOfType(LakeportException.class, () -> plane.objectType("/", Tenants.soon()));
            assertThat(refused.is(CoreError.TOKEN_REJECTED)).isTrue();
            assertThat(refused.getMessage()).doesNotContain(token.reveal());
        }
    }

    @Test
    @Tag("AK-27")
    void history_ofStatementsThatRan_isFoundByTheirIds() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            ids.add(post("SELECT " + i));
        }
        ids.add("00000000-0000-0000-0000-000000000000");
        try (AuditSource source =
                new RestAuditSourceProvider().open(tenant(), tokens(connection.token()), noWarehouse(), Guard.NONE)) {
            List<HistoryEntry> found = source.find(ids, Instant.now().minusSeconds(600), Tenants.soon());

            assertThat(found).hasSize(120).allMatch(entry -> entry.status().equals("FAILED"));
            assertThat(found)
                    .extracting(HistoryEntry::statementId)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(ids);
            assertThat(found).allMatch(entry -> entry.warehouse().orElseThrow().equals(connection.warehouseId()));
            assertThat(source.find(ids, Instant.now().plusSeconds(60), Tenants.soon()))
                    .isEmpty();
        }
    }

    private static String post(String sql) throws Exception {
        String body = "{\"warehouse_id\":\"" + connection.warehouseId() + "\",\"statement\":\"" + sql + "\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(connection.httpUrl() + "/api/2.0/sql/statements"))
                .header("Authorization", "Bearer " + connection.token().reveal())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher id = Pattern.compile("\"statement_id\":\"([^\"]+)\"").matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        return id.group(1);
    }

    private static ControlPlane plane(Secret token) {
        return new SdkControlPlaneProvider().open(tenant(), tokens(token), Guard.NONE);
    }

    private static TokenSource tokens(Secret token) {
        return Tenants.tokens(token.reveal());
    }

    private static Tenant tenant() {
        return Tenants.tenant("acme", connection.httpUrl().toString(), "Acme_Widget/1.2.3", connection.warehouseId());
    }

    private static Warehouse noWarehouse() {
        return (Warehouse) Proxy.newProxyInstance(
                Warehouse.class.getClassLoader(), new Class<?>[] {Warehouse.class}, (proxy, method, args) -> {
                    throw new AssertionError("the REST source must not run a statement");
                });
    }

    /** The history of refused statements needs no engine that runs any. */
    private static Engine engineThatRefuses() {
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, args) -> {
                    return switch (method.getName()) {
                        case "defaultCatalog" -> "main";
                        case "defaultSchema" -> "default";
                        case "openSession" -> throw new EngineException("PARSE_SYNTAX_ERROR", "42601", "no", null);
                        default -> null;
                    };
                });
    }
}
