package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.simulator.SimulatorConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official JDBC driver, unmodified, in its default mode: Thrift over HTTP. */
class DriverThriftTest {
    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static Connection connect() throws SQLException {
        SimulatorConnection c = workspace.connection();
        return DriverManager.getConnection("jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;"
                + "UID=token;PWD=" + c.token().reveal() + ";httpPath=" + c.httpPath()
                + ";UseThriftClient=1;EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0");
    }

    @Test
    void query_smallResult_arrivesInTheAnswer() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT 7::INT AS n, ? AS s, 1.50::DECIMAL(5,2) AS d")) {
            statement.setString(1, "x");
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt("n")).isEqualTo(7);
                assertThat(rows.getString("s")).isEqualTo("x");
                assertThat(rows.getBigDecimal("d")).isEqualByComparingTo("1.5");
                assertThat(rows.next()).isFalse();
            }
        }
        assertThat(workspace.requests().all())
                .anyMatch(request -> request.path().startsWith("/sql/1.0/warehouses/"));
    }

    @Test
    void query_largeResult_readsEveryRowThroughLinks() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i, 'row ' || i AS s FROM range(3000000) t(i)")) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
            }
            assertThat(sum).isEqualTo(3_000_000L * 2_999_999 / 2);
        }
    }

    @Test
    void query_badSql_failsWithTheEnginesMessage() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELEC 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("SELEC");
        }
    }

    @Test
    void query_emptyResult_hasColumnsAndNoRows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i FROM range(0) t(i)")) {
            assertThat(rows.getMetaData().getColumnName(1)).isEqualTo("i");
            assertThat(rows.next()).isFalse();
        }
    }
}
