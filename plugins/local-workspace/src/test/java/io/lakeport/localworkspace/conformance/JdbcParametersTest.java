package io.lakeport.localworkspace.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Prepared statements and batches of the official driver. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lakeport.localworkspace.conformance.DriverClient#all")
@Proves("Prepared statements")
class JdbcParametersTest extends JdbcConformance {
    private static final String TABLE = "main.default.parameters";

    private interface Setting {
        void on(PreparedStatement statement) throws SQLException;
    }

    private void echo(String expected, String type, Setting setting) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT CAST(? AS STRING) AS s, typeof(?) AS t")) {
            setting.on(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getString("s")).isEqualTo(expected);
                assertThat(row.getString("t")).isEqualTo(type);
            }
        }
    }

    @Test
    void setter_ofEveryKind_sendsValueAndType() throws SQLException {
        echo("true", "boolean", both((s, i) -> s.setBoolean(i, true)));
        // Older drivers widen a byte themselves.
        echo("-7", client.isOld() ? "smallint" : "tinyint", both((s, i) -> s.setByte(i, (byte) -7)));
        echo("300", "smallint", both((s, i) -> s.setShort(i, (short) 300)));
        echo("70000", "int", both((s, i) -> s.setInt(i, 70_000)));
        echo("5000000000", "bigint", both((s, i) -> s.setLong(i, 5_000_000_000L)));
        echo("0.5", "float", both((s, i) -> s.setFloat(i, 0.5f)));
        echo("0.25", "double", both((s, i) -> s.setDouble(i, 0.25)));
        echo("O'Neil \"\\ ? :x 🐦", "string", both((s, i) -> s.setString(i, "O'Neil \"\\ ? :x 🐦")));
        if (!client.isOld()) {
            // The old driver sends a date as a timestamp.
            echo("2024-02-29", "date", both((s, i) -> s.setDate(i, Date.valueOf("2024-02-29"))));
        }
    }

    private interface One {
        void set(PreparedStatement statement, int index) throws SQLException;
    }

    private static Setting both(One one) {
        return statement -> {
            one.set(statement, 1);
            one.set(statement, 2);
        };
    }

    @Test
    void decimalAndTimestamp_set_keepValue() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT ? AS d, ? AS t")) {
            statement.setBigDecimal(1, new BigDecimal("12345.6789"));
            statement.setTimestamp(2, Timestamp.valueOf("2024-02-29 12:34:56.789"));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getBigDecimal(1)).isEqualByComparingTo("12345.6789");
                assertThat(row.getTimestamp(2)).isEqualTo(Timestamp.valueOf("2024-02-29 12:34:56.789"));
            }
        }
    }

    @Test
    void setObject_ofEveryClass_keepsValue() throws SQLException {
        // No Boolean and no BigDecimal: the driver refuses those classes itself.
        Object[] values = {(short) 2, 3, 4L, 0.5f, 0.25, "s"};
        String marks = "?" + ", ?".repeat(values.length - 1);
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT " + marks)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int i = 0; i < values.length; i++) {
                    assertThat(row.getObject(i + 1)).hasToString(values[i].toString());
                }
            }
        }
    }

    @Test
    void setNull_ofEveryType_isNull() throws SQLException {
        int[] types = {Types.INTEGER, Types.VARCHAR, Types.DECIMAL, Types.DATE, Types.TIMESTAMP, Types.BOOLEAN};
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT ? IS NULL")) {
            for (int type : types) {
                statement.setNull(1, type);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    assertThat(row.getBoolean(1)).as("type " + type).isTrue();
                }
            }
        }
    }

    @Test
    void mark_insideTextOrComment_isNoParameter() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT 'a?b' AS s, `c?` /* ? */ FROM (SELECT ? AS `c?`) -- ?")) {
            statement.setInt(1, 5);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getString(1) + row.getInt(2)).isEqualTo("a?b5");
            }
        }
    }

    @Test
    void parameter_missing_isRefused() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT ? + ?")) {
            statement.setInt(1, 5);
            assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void preparedStatement_beforeExecution_describesItsResult() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("SELECT 1 AS one, 'x' AS s")) {
            assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
            assertThat(statement.getMetaData().getColumnName(2)).isEqualTo("s");
        }
    }

    @Test
    @Proves("Batches")
    void batch_ofParameters_insertsEveryRow() throws SQLException {
        try (Connection connection = connect()) {
            run(connection, "DROP TABLE IF EXISTS " + TABLE, "CREATE TABLE " + TABLE + " (id INT, name STRING)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?)")) {
                for (int i = 0; i < 20; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "name " + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(20);
            }
            assertThat(one(connection, "SELECT count(DISTINCT name) || '/' || sum(id) FROM " + TABLE))
                    .isEqualTo("20/190");
        }
    }

    @Test
    @Proves("Batches")
    void batch_ofStatements_countsEach() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            run(connection, "DROP TABLE IF EXISTS " + TABLE, "CREATE TABLE " + TABLE + " (id INT, name STRING)");
            statement.addBatch("INSERT INTO " + TABLE + " VALUES (1, 'a'), (2, 'b')");
            statement.addBatch("UPDATE " + TABLE + " SET name = 'c' WHERE id = 2");
            statement.addBatch("DELETE FROM " + TABLE);
            assertThat(statement.executeBatch()).containsExactly(2, 1, 2);
        }
    }

    @Test
    @Proves("Updates")
    void update_ofEveryKind_countsItsRows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            run(connection, "DROP TABLE IF EXISTS " + TABLE);
            assertThat(statement.executeUpdate("CREATE TABLE " + TABLE + " (id INT, name STRING)"))
                    .isZero();
            assertThat(statement.executeUpdate("INSERT INTO " + TABLE + " VALUES (1, 'a'), (2, 'b'), (3, 'c')"))
                    .isEqualTo(3);
            assertThat(statement.executeUpdate("UPDATE " + TABLE + " SET name = 'x' WHERE id > 1"))
                    .isEqualTo(2);
            assertThat(statement.executeLargeUpdate("DELETE FROM " + TABLE + " WHERE id = 1"))
                    .isOne();
            assertThat(statement.executeUpdate("MERGE INTO " + TABLE + " AS t USING (SELECT 2 AS id UNION ALL SELECT 9)"
                            + " AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = 'm'"
                            + " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, 'n')"))
                    .isEqualTo(2);
            assertThat(statement.execute("DROP TABLE " + TABLE)).isFalse();
        }
    }
}
