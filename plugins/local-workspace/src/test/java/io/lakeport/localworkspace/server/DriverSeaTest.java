package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.simulator.SimulatorConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
        SimulatorConnection c = workspace.connection();
        return DriverManager.getConnection("jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;"
                + "UID=token;PWD=" + c.token().reveal() + ";httpPath=" + c.httpPath()
                + ";UseThriftClient=0;EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0;"
                + "UserAgentEntry=Acme_Widget/1.0");
    }

    private static Connection withOAuth() throws SQLException {
        SimulatorConnection c = workspace.connection();
        String proxy = "127.0.0.1;ProxyPort=" + c.proxyPort();
        return DriverManager.getConnection(
                "jdbc:databricks://acme.cloud.databricks.com/default;AuthMech=11;Auth_Flow=1;"
                        + "OAuth2ClientId=" + c.clientId() + ";OAuth2Secret="
                        + c.clientSecret().reveal() + ";httpPath="
                        + c.httpPath() + ";UseThriftClient=0;EnableTelemetry=0;AllowSelfSignedCerts=1;"
                        + "UseProxy=1;ProxyHost=" + proxy + ";UseCFProxy=1;CFProxyHost="
                        + proxy.replace("Proxy", "CFProxy"));
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
        try (Connection connection = withOAuth();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i, 'row ' || i AS s FROM range(400000) t(i)")) {
            assertThat(sum(rows)).isEqualTo(400_000L * 399_999 / 2);
        }
    }

    private static long sum(ResultSet rows) throws SQLException {
        long sum = 0;
        while (rows.next()) {
            sum += rows.getLong(1);
        }
        return sum;
    }
}
