package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.http.LoggedRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official JDBC driver, unmodified, over the Statement Execution API. */
class DriverSeaTest {
    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static Connection withToken() throws SQLException {
        return withToken("");
    }

    private static Connection withToken(String more) throws SQLException {
        SimulatorConnection c = workspace.connection();
        return DriverManager.getConnection("jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;"
                + "UID=token;PWD=" + c.token().reveal() + ";httpPath=" + c.httpPath()
                + ";UseThriftClient=0;EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0;"
                + "UserAgentEntry=Acme_Widget/1.0" + more);
    }

    private static Connection withOAuth(String more) throws SQLException {
        SimulatorConnection c = workspace.connection();
        String proxy = "127.0.0.1;ProxyPort=" + c.proxyPort();
        return DriverManager.getConnection(
                "jdbc:databricks://acme.cloud.databricks.com/default;AuthMech=11;Auth_Flow=1;"
                        + "OAuth2ClientId=" + c.clientId() + ";OAuth2Secret="
                        + c.clientSecret().reveal() + ";httpPath="
                        + c.httpPath() + ";EnableTelemetry=0;AllowSelfSignedCerts=1;"
                        + "UseProxy=1;ProxyHost=" + proxy + ";UseCFProxy=1;CFProxyHost="
                        + proxy.replace("Proxy", "CFProxy")
                        + ";" + more);
    }

    @Test
    void query_overPlainHttpWithToken_returnsRow() throws SQLException {
        try (Connection connection = withToken();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 AS one, 'x' AS s")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("one")).isOne();
            assertThat(rows.getString("s")).isEqualTo("x");
        }
    }

    @Test
    void query_largeResult_readsEveryRowThroughLinks() throws SQLException {
        try (Connection connection = withToken();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i, 'row ' || i AS s FROM range(400000) t(i)")) {
            assertThat(sum(rows)).isEqualTo(400_000L * 399_999 / 2);
        }
    }

    @Test
    void query_overTlsWithOAuthThroughConnectPort_readsEveryRow() throws SQLException {
        try (Connection connection = withOAuth("UseThriftClient=0");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i, 'row ' || i AS s FROM range(400000) t(i)")) {
            assertThat(sum(rows)).isEqualTo(400_000L * 399_999 / 2);
        }
    }

    @Test
    void query_withNoProtocolNamed_takesTheOneTheServersFlagChooses() throws SQLException {
        workspace.requests().clear();
        try (Connection connection = withOAuth("UserAgentEntry=Acme_Widget/1.0");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i, 'row ' || i AS s FROM range(400000) t(i)")) {
            assertThat(sum(rows)).isEqualTo(400_000L * 399_999 / 2);
        }
        assertThat(workspace.requests().all())
                .extracting(LoggedRequest::path)
                .anyMatch(path -> path.startsWith("/api/2.0/connector-service/feature-flags/OSS_JDBC/"))
                .contains("/api/2.0/sql/statements/")
                .noneMatch(path -> path.startsWith("/sql/1.0/"));
        assertThat(workspace.requests().all())
                .filteredOn(request -> request.path().startsWith("/api/2.0/sql/"))
                .allSatisfy(request -> assertThat(request.userAgent()).contains("Acme_Widget/1.0"));
    }

    @Test
    void cancel_fromAnotherThread_endsTheStatement() throws Exception {
        workspace.requests().clear();
        try (Connection connection = withToken(";EnableDirectResults=0");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> query = CompletableFuture.runAsync(() -> {
                try {
                    statement.executeQuery("SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b");
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            awaitPoll();
            statement.cancel();
            assertThatThrownBy(() -> query.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(SQLException.class);
        }
    }

    /** Waits until the driver polls: only then does it know the statement's id, without which it cancels nothing. */
    private static void awaitPoll() throws InterruptedException {
        for (int i = 0; i < 500 && workspace.requests().all().stream().noneMatch(DriverSeaTest::isPoll); i++) {
            Thread.sleep(20);
        }
    }

    private static boolean isPoll(LoggedRequest request) {
        return request.method().equals("GET") && request.path().matches("/api/2.0/sql/statements/[^/]+");
    }

    private static long sum(ResultSet rows) throws SQLException {
        long sum = 0;
        while (rows.next()) {
            sum += rows.getLong(1);
        }
        return sum;
    }
}
