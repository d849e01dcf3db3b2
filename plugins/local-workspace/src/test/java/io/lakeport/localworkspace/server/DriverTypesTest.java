package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.simulator.SimulatorConnection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of every basic type, read by the official driver in each of its ways. */
class DriverTypesTest {
    private static final String SQL =
            "SELECT true AS c_boolean, (-7)::TINYINT AS c_tinyint, 300::SMALLINT AS c_smallint,"
                    + " 70000::INT AS c_int, 5000000000::BIGINT AS c_bigint, 0.5::FLOAT AS c_float, 0.25::DOUBLE AS c_double,"
                    + " 12345678901234567890.123456789012345678::DECIMAL(38,18) AS c_decimal, 'Grüße' AS c_string,"
                    + " 'ab'::BLOB AS c_binary, DATE '2024-02-29' AS c_date,"
                    + " TIMESTAMPTZ '2024-02-29 12:34:56.789012Z' AS c_timestamp, NULL::INT AS c_null,"
                    + " [1, 2] AS c_array";

    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = Workspaces.start();
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UseThriftClient=0",
                "UseThriftClient=0;EnableQueryResultDownload=0",
                "UseThriftClient=0;EnableQueryResultLZ4Compression=0",
                "UseThriftClient=0;EnableSQLExecHybridResults=0",
                "UseThriftClient=1",
                "UseThriftClient=1;EnableDirectResults=0",
                "UseThriftClient=1;EnableQueryResultLZ4Compression=0"
            })
    void query_everyBasicType_keepsValueAndType(String way) throws SQLException {
        SimulatorConnection c = workspace.connection();
        String url = "jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;UID=token;PWD="
                + c.token().reveal() + ";httpPath=" + c.httpPath()
                + ";EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0;" + way;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQL)) {
            assertThat(rows.next()).isTrue();
            checkNumbers(rows);
            assertThat(rows.getBoolean("c_boolean")).isTrue();
            assertThat(rows.getString("c_string")).isEqualTo("Grüße");
            assertThat(rows.getDate("c_date")).isEqualTo(Date.valueOf("2024-02-29"));
            assertThat(rows.getTimestamp("c_timestamp").toInstant())
                    .isEqualTo(Instant.parse("2024-02-29T12:34:56.789012Z"));
            assertThat(rows.getObject("c_null")).isNull();
            assertThat(rows.getString("c_array")).contains("1").contains("2");
            assertThat(rows.getMetaData().getColumnType(rows.findColumn("c_bigint")))
                    .isEqualTo(Types.BIGINT);
            assertThat(rows.getMetaData().getScale(rows.findColumn("c_decimal")))
                    .isEqualTo(18);
            assertThat(rows.next()).isFalse();
        }
    }

    private static void checkNumbers(ResultSet rows) throws SQLException {
        assertThat(rows.getByte("c_tinyint")).isEqualTo((byte) -7);
        assertThat(rows.getShort("c_smallint")).isEqualTo((short) 300);
        assertThat(rows.getInt("c_int")).isEqualTo(70_000);
        assertThat(rows.getLong("c_bigint")).isEqualTo(5_000_000_000L);
        assertThat(rows.getFloat("c_float")).isEqualTo(0.5f);
        assertThat(rows.getDouble("c_double")).isEqualTo(0.25);
        assertThat(rows.getBigDecimal("c_decimal"))
                .isEqualByComparingTo(new BigDecimal("12345678901234567890.123456789012345678"));
    }
}
