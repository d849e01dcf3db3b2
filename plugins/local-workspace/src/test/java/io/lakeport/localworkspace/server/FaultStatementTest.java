package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.iam.MeRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.fault.Fault;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.RetryAfter;
import io.lakeport.localworkspace.warehouse.WarehouseState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The catalogue of faults, the part that acts on statements, sessions, links and Thrift; also through real clients. */
class FaultStatementTest {
    private static final String STATEMENTS = "/api/2.0/sql/statements";
    private static final String LINKS = ",\"disposition\":\"EXTERNAL_LINKS\",\"format\":\"ARROW_STREAM\"";
    private static LocalWorkspace workspace;
    private static RawClient client;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
        client = new RawClient(workspace);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @AfterEach
    void takeBack() {
        workspace.faults().clear();
    }

    private static JsonNode post(String sql, String more) {
        return client.post(
                        STATEMENTS,
                        "{\"warehouse_id\":\"0123456789abcdef\",\"wait_timeout\":\"0s\",\"statement\":\"" + sql + "\""
                                + more + "}")
                .json();
    }

    private static String state(JsonNode statement) {
        return client.get(STATEMENTS + "/" + statement.get("statement_id").asText())
                .json()
                .at("/status/state")
                .asText();
    }

    @Test
    void hang_untilCancelled_isRunning() throws InterruptedException {
        Fault fault = workspace
                .faults()
                .when(FaultMatch.statementLike("select 1"))
                .next(1)
                .hang();
        JsonNode hung = post("SELECT 1", "");
        for (int i = 0; i < 100 && state(hung).equals("PENDING"); i++) {
            Thread.sleep(10);
        }
        assertThat(state(hung)).isEqualTo("RUNNING");
        client.post(STATEMENTS + "/" + hung.get("statement_id").asText() + "/cancel", "");
        assertThat(state(hung)).isEqualTo("CANCELED");
        assertThat(client.run("SELECT 1", "").at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(workspace.requests().all())
                .filteredOn(request -> request.fault().equals(fault.id()))
                .singleElement()
                .satisfies(request -> assertThat(request.statementId())
                        .isEqualTo(hung.get("statement_id").asText()));
    }

    @Test
    void fail_withClass_isHttp200AndFailed() {
        workspace
                .faults()
                .when(FaultMatch.statementLike("FROM range"))
                .next(1)
                .fail("REMOTE_FUNCTION_HTTP_FAILED_ERROR", "57012", "The remote function failed.");
        JsonNode answer = client.run("SELECT * FROM range(3)", "");
        assertThat(answer.at("/status/state").asText()).isEqualTo("FAILED");
        assertThat(answer.at("/status/sql_state").asText()).isEqualTo("57012");
        assertThat(answer.at("/status/error/message").asText())
                .isEqualTo("[REMOTE_FUNCTION_HTTP_FAILED_ERROR] The remote function failed. SQLSTATE: 57012");
    }

    @Test
    void closeStatement_beforeFetch_isClosedWithoutResult() {
        workspace.faults().when(FaultMatch.any()).next(1).closeStatement();
        JsonNode answer = client.run("SELECT 1", "");
        assertThat(answer.at("/status/state").asText()).isEqualTo("CLOSED");
        assertThat(answer.has("result")).isFalse();
        assertThat(client.get(STATEMENTS + "/" + answer.get("statement_id").asText() + "/result/chunks/0")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void loseResult_afterSuccess_linksAndChunksFindNothing() {
        workspace.faults().when(FaultMatch.any()).next(1).loseResult();
        JsonNode answer = client.run("SELECT 1", LINKS);
        assertThat(answer.at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(new RawClient(workspace.connection().httpUrl(), "")
                        .get(answer.at("/result/external_links/0/external_link").asText())
                        .text())
                .contains("NoSuchKey");
        assertThat(client.get(STATEMENTS + "/" + answer.get("statement_id").asText() + "/result/chunks/0")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void keepRunning_forAWhile_pollsSeeRunningThenSucceeded() {
        workspace.faults().when(FaultMatch.any()).next(1).keepRunning(Duration.ofMillis(300));
        long start = System.nanoTime();
        JsonNode answer = client.run("SELECT 1", "");
        assertThat(answer.at("/status/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void coldStart_ofTheWarehouse_keepsTheStatementPending() {
        workspace.faults().when(FaultMatch.any()).next(1).coldStart(Duration.ofMillis(300));
        JsonNode started = post("SELECT 1", "");
        assertThat(started.at("/status/state").asText()).isEqualTo("PENDING");
        assertThat(workspace.warehouses().find("0123456789abcdef").orElseThrow().state())
                .isEqualTo(WarehouseState.STARTING);
        assertThat(client.run("SELECT 2", "").at("/status/state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void expireSession_beforeItsStatement_isNotFound() {
        String session = client.post("/api/2.0/sql/sessions", "{\"warehouse_id\":\"0123456789abcdef\"}")
                .json()
                .get("session_id")
                .asText();
        workspace.faults().when(FaultMatch.any()).next(1).expireSession();
        String body =
                "{\"warehouse_id\":\"0123456789abcdef\",\"statement\":\"SELECT 1\",\"session_id\":\"" + session + "\"}";
        assertThat(client.post(STATEMENTS, body).status()).isEqualTo(404);
        assertThat(client.post(STATEMENTS, body).status()).isEqualTo(404);
    }

    @Test
    void expireLinks_announcedOrNot_areRefusedByStorageOnly() {
        workspace.faults().when(FaultMatch.any()).next(1).expireLinks(Duration.ZERO);
        workspace.faults().when(FaultMatch.any()).next(1).expireLinksUnannounced(Duration.ZERO);
        RawClient storage = new RawClient(workspace.connection().httpUrl(), "");

        JsonNode honest = client.run("SELECT 1", LINKS).at("/result/external_links/0");
        assertThat(Instant.parse(honest.get("expiration").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(storage.get(honest.get("external_link").asText()).text()).contains("Request has expired");
        JsonNode promised = client.run("SELECT 1", LINKS).at("/result/external_links/0");
        assertThat(Instant.parse(promised.get("expiration").asText()))
                .isAfter(Instant.now().plusSeconds(600));
        assertThat(storage.get(promised.get("external_link").asText()).status()).isEqualTo(403);
        JsonNode renewed = client.run("SELECT 1", LINKS).at("/result/external_links/0");
        assertThat(storage.get(renewed.get("external_link").asText()).status()).isEqualTo(200);
    }

    @Test
    void sdk_meetsTooManyRequestsWithRetryAfter_triesAgain() {
        SimulatorConnection c = workspace.connection();
        WorkspaceClient sdk = new WorkspaceClient(new DatabricksConfig()
                .setHost(c.httpUrl().toString())
                .setAuthType("pat")
                .setToken(c.token().reveal()));
        Fault fault = workspace
                .faults()
                .when(FaultMatch.any().path("/api/2.0/preview/scim/v2/Me"))
                .next(1)
                .answer(429, RetryAfter.seconds(0));
        assertThat(sdk.currentUser().me(new MeRequest()).getUserName()).isEqualTo(c.clientId());
        assertThat(fault.fired()).isOne();
        assertThat(fault.matched()).isOne();
    }

    private static Connection driver(int thrift) throws SQLException {
        SimulatorConnection c = workspace.connection();
        return DriverManager.getConnection("jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;"
                + "UID=token;PWD=" + c.token().reveal() + ";httpPath=" + c.httpPath() + ";UseThriftClient=" + thrift
                + ";EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0");
    }

    private static long sum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i, 'row ' || i AS s FROM range(400000) t(i)")) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
            }
            return sum;
        }
    }

    @Test
    void driver_meetsACutDownload_triesAgainAndReadsEveryRow() throws SQLException {
        Fault cut = workspace
                .faults()
                .when(FaultMatch.any().path("/cloudfetch/*/1"))
                .next(1)
                .cutAfter(5000);
        try (Connection connection = driver(0)) {
            assertThat(sum(connection)).isEqualTo(400_000L * 399_999 / 2);
        }
        assertThat(cut.fired()).isOne();
    }

    @Test
    void driver_meetsLinksThatEndedEarly_renewsThem() throws SQLException {
        Fault expired =
                workspace.faults().when(FaultMatch.any()).after(1).next(2).expireLinks(Duration.ofSeconds(-1));
        try (Connection connection = driver(0)) {
            assertThat(sum(connection)).isEqualTo(400_000L * 399_999 / 2);
        }
        assertThat(expired.fired()).isEqualTo(2);
    }

    @Test
    void driver_meetsAFailedStatement_tellsItsState() throws SQLException {
        workspace
                .faults()
                .when(FaultMatch.statementLike("range"))
                .fail("DELTA_CONCURRENT_APPEND", "2D521", "Files were added by a concurrent update.");
        for (int thrift : new int[] {0, 1}) {
            try (Connection connection = driver(thrift)) {
                assertThatThrownBy(() -> sum(connection))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("DELTA_CONCURRENT_APPEND");
            }
        }
    }

    @Test
    void driver_overThrift_seesStatusesExceptionsAndInvalidHandles() throws SQLException {
        try (Connection connection = driver(1)) {
            workspace
                    .faults()
                    .when(FaultMatch.any().thriftMethod("ExecuteStatement"))
                    .next(1)
                    .thriftStatus(3, "08S01", "The connection to the cluster was lost");
            assertThatThrownBy(() -> sum(connection)).hasMessageContaining("connection to the cluster was lost");
            workspace
                    .faults()
                    .when(FaultMatch.any().thriftMethod("ExecuteStatement"))
                    .next(1)
                    .thriftException(6, "Internal error processing ExecuteStatement");
            assertThatThrownBy(() -> sum(connection)).isInstanceOf(SQLException.class);
            assertThat(sum(connection)).isEqualTo(400_000L * 399_999 / 2);
            workspace.faults().when(FaultMatch.any()).next(1).expireSession();
            assertThatThrownBy(() -> sum(connection)).hasMessageContaining("Invalid SessionHandle: SessionHandle [");
        }
    }
}
