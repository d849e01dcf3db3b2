package io.lakeport.sparkengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.engine.EngineProvider;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.localworkspace.server.WorkspaceOptions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official JDBC driver against a workspace that runs on Spark. */
class SparkEngineDriverTest {
    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(
                SimulatorSettings.inMemory(),
                WorkspaceOptions.defaults(),
                data -> EngineProvider.named("spark").open(data));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static Connection connect(int thrift) throws SQLException {
        SimulatorConnection c = workspace.connection();
        return DriverManager.getConnection("jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;"
                + "UID=token;PWD=" + c.token().reveal() + ";httpPath=" + c.httpPath() + ";UseThriftClient=" + thrift
                + ";EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void table_writtenAndRead_keepsValuesAndTypes(int thrift) throws SQLException {
        try (Connection connection = connect(thrift);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE main.default.sold (id INT, price DECIMAL(8,2), at TIMESTAMP)");
            statement.execute("INSERT INTO sold VALUES (1, 9.50, TIMESTAMP'2020-01-02 03:04:05'), (2, NULL, NULL)");
            try (ResultSet rows = statement.executeQuery("SELECT * FROM main.default.sold ORDER BY id")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBigDecimal("price")).isEqualTo(new BigDecimal("9.50"));
                assertThat(rows.getTimestamp("at").toInstant()).hasToString("2020-01-02T03:04:05Z");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getObject("price")).isNull();
            }
        }
    }

    @Test
    void preparedStatement_withParameters_bindsThem() throws SQLException {
        try (Connection connection = connect(0);
                PreparedStatement statement = connection.prepareStatement("SELECT ? + 1 AS n, ? AS s")) {
            statement.setInt(1, 41);
            statement.setString(2, "it's \\ here");
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt("n")).isEqualTo(42);
                assertThat(rows.getString("s")).isEqualTo("it's \\ here");
            }
        }
    }

    @Test
    void statement_thatFails_tellsSparksState() throws SQLException {
        try (Connection connection = connect(0);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM main.default.nope"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"))
                    .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND")
                    .hasMessageNotContaining("__");
        }
    }
}
