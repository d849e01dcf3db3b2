package io.lakeport.localworkspace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of Databricks SQL as the official driver returns and describes it. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lakeport.localworkspace.conformance.DriverClient#all")
@Proves("Types")
class JdbcTypesTest extends JdbcConformance {
    private static final String VALUES = "SELECT true AS c_boolean, CAST(-7 AS TINYINT) AS c_tinyint,"
            + " CAST(300 AS SMALLINT) AS c_smallint, 70000 AS c_int, 5000000000L AS c_bigint,"
            + " CAST(0.5 AS FLOAT) AS c_float, 0.25D AS c_double,"
            + " CAST('12345678901234567890.123456789012345678' AS DECIMAL(38,18)) AS c_decimal,"
            + " 'Grüße, 世界 🐦' AS c_string, X'00FF10' AS c_binary, DATE'2024-02-29' AS c_date,"
            + " TIMESTAMP'2024-02-29 12:34:56.789012Z' AS c_timestamp,"
            + " TIMESTAMP_NTZ'2024-02-29 12:34:56.789012' AS c_ntz, NULL AS c_void,"
            + " array(1, 2, NULL) AS c_array, map('a', 1) AS c_map, named_struct('x', 1, 'y', 'z') AS c_struct,"
            + " INTERVAL '3-4' YEAR TO MONTH AS c_ym, INTERVAL '1 02:03:04.5' DAY TO SECOND AS c_dt";

    private static final BigDecimal DECIMAL = new BigDecimal("12345678901234567890.123456789012345678");

    private static final List<String> TYPES = List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(10,2)",
            "STRING",
            "BINARY",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "ARRAY<INT>",
            "MAP<STRING,INT>",
            "STRUCT<a:INT>");

    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("c_boolean", Types.BOOLEAN),
            Map.entry("c_tinyint", Types.TINYINT),
            Map.entry("c_smallint", Types.SMALLINT),
            Map.entry("c_int", Types.INTEGER),
            Map.entry("c_bigint", Types.BIGINT),
            Map.entry("c_float", Types.FLOAT),
            Map.entry("c_double", Types.DOUBLE),
            Map.entry("c_decimal", Types.DECIMAL),
            Map.entry("c_string", Types.VARCHAR),
            Map.entry("c_binary", Types.BINARY),
            Map.entry("c_date", Types.DATE),
            Map.entry("c_timestamp", Types.TIMESTAMP),
            Map.entry("c_ntz", Types.TIMESTAMP),
            Map.entry("c_void", Types.VARCHAR),
            Map.entry("c_array", Types.ARRAY),
            Map.entry("c_map", Types.VARCHAR),
            Map.entry("c_struct", Types.STRUCT),
            Map.entry("c_ym", Types.VARCHAR),
            Map.entry("c_dt", Types.VARCHAR));

    private interface Reading {
        void of(ResultSet row) throws SQLException;
    }

    private void read(String more, String sql, Reading reading) throws SQLException {
        try (Connection connection = connect(more);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            reading.of(row);
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void value_ofEveryType_isThatOfItsGetter() throws SQLException {
        read("", VALUES, row -> {
            assertThat(row.getBoolean("c_boolean")).isTrue();
            assertThat(row.getByte("c_tinyint")).isEqualTo((byte) -7);
            assertThat(row.getShort("c_smallint")).isEqualTo((short) 300);
            assertThat(row.getInt("c_int")).isEqualTo(70_000);
            assertThat(row.getLong("c_bigint")).isEqualTo(5_000_000_000L);
            assertThat(row.getFloat("c_float")).isEqualTo(0.5f);
            assertThat(row.getDouble("c_double")).isEqualTo(0.25);
            assertThat(row.getBigDecimal("c_decimal")).isEqualTo(DECIMAL);
            assertThat(row.getString("c_string")).isEqualTo("Grüße, 世界 🐦");
            assertThat(row.getBytes("c_binary")).containsExactly(0, -1, 16);
            assertThat(row.getDate("c_date")).isEqualTo(Date.valueOf("2024-02-29"));
            assertThat(row.getTimestamp("c_timestamp").toInstant())
                    .isEqualTo(Instant.parse("2024-02-29T12:34:56.789012Z"));
            assertThat(row.getTimestamp("c_ntz")).isEqualTo(Timestamp.valueOf("2024-02-29 12:34:56.789012"));
            assertThat(row.getString("c_void")).isNull();
            assertThat(row.wasNull()).isTrue();
        });
    }

    @Test
    void object_ofEveryType_isOfJdbcsClass() throws SQLException {
        read("", VALUES, row -> {
            assertThat(row.getObject("c_boolean")).isEqualTo(true);
            assertThat(row.getObject("c_tinyint")).isEqualTo((byte) -7);
            assertThat(row.getObject("c_smallint")).isEqualTo((short) 300);
            assertThat(row.getObject("c_int")).isEqualTo(70_000);
            assertThat(row.getObject("c_bigint")).isEqualTo(5_000_000_000L);
            assertThat(row.getObject("c_float")).isEqualTo(0.5f);
            assertThat(row.getObject("c_double")).isEqualTo(0.25);
            assertThat(row.getObject("c_decimal")).isEqualTo(DECIMAL);
            assertThat(row.getObject("c_binary")).isEqualTo(new byte[] {0, -1, 16});
            assertThat(row.getObject("c_date")).isEqualTo(Date.valueOf("2024-02-29"));
            assertThat(row.getObject("c_timestamp")).isInstanceOf(Timestamp.class);
            assertThat(row.getObject("c_array")).isEqualTo("[1,2,null]");
            assertThat(row.getObject("c_map")).isEqualTo("{\"a\":1}");
            assertThat(row.getObject("c_struct")).isEqualTo("{\"x\":1,\"y\":\"z\"}");
            assertThat(row.getObject("c_ym")).isEqualTo("3-4");
            assertThat(row.getObject("c_dt")).isEqualTo("1 02:03:04.500000000");
        });
    }

    @Test
    void metadata_ofEveryType_hasItsCodePrecisionAndScale() throws SQLException {
        read("", VALUES, row -> {
            ResultSetMetaData columns = row.getMetaData();
            assertThat(columns.getColumnCount()).isEqualTo(CODES.size());
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String name = columns.getColumnName(i);
                assertThat(columns.getColumnLabel(i)).isEqualTo(name);
                assertThat(columns.getColumnType(i)).as(name).isEqualTo(CODES.get(name));
            }
            int decimal = row.findColumn("c_decimal");
            assertThat(columns.getPrecision(decimal)).isEqualTo(38);
            assertThat(columns.getScale(decimal)).isEqualTo(18);
            assertThat(columns.getColumnTypeName(row.findColumn("c_bigint"))).isEqualTo("BIGINT");
            assertThat(columns.getColumnTypeName(row.findColumn("c_struct"))).startsWith("STRUCT");
        });
    }

    @Test
    void complexTypes_switchedOn_areArraysMapsAndStructs() throws SQLException {
        read(";EnableComplexDatatypeSupport=1", VALUES, row -> {
            assertThat((Object[]) row.getArray("c_array").getArray()).containsExactly(1, 2, null);
            assertThat(((Struct) row.getObject("c_struct")).getAttributes()).containsExactly(1, "z");
            assertThat((Map<?, ?>) row.getObject("c_map")).hasSize(1);
        });
    }

    @Test
    void null_ofEveryType_isNull() throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT 1 AS one");
        for (String type : TYPES) {
            sql.append(", CAST(NULL AS ").append(type).append(") AS n").append(sql.length());
        }
        read("", sql.toString(), row -> {
            for (int i = 2; i <= TYPES.size() + 1; i++) {
                assertThat(row.getObject(i)).as(TYPES.get(i - 2)).isNull();
                assertThat(row.getString(i)).as(TYPES.get(i - 2)).isNull();
            }
        });
    }

    @Test
    void limits_ofEveryNumber_survive() throws SQLException {
        String sql = "SELECT CAST(-128 AS TINYINT), CAST(-32768 AS SMALLINT), CAST(-2147483648 AS INT),"
                + " CAST(-9223372036854775808 AS BIGINT), CAST('NaN' AS DOUBLE), CAST('-Infinity' AS DOUBLE),"
                + " CAST('-99999999999999999999999999999999999999' AS DECIMAL(38,0)), CAST('1.4E-45' AS FLOAT),"
                + " DATE'0001-01-01', DATE'9999-12-31', TIMESTAMP'1900-01-01 00:00:00Z'";
        read("", sql, row -> {
            assertThat(row.getByte(1)).isEqualTo(Byte.MIN_VALUE);
            assertThat(row.getShort(2)).isEqualTo(Short.MIN_VALUE);
            assertThat(row.getInt(3)).isEqualTo(Integer.MIN_VALUE);
            assertThat(row.getLong(4)).isEqualTo(Long.MIN_VALUE);
            assertThat(row.getDouble(5)).isNaN();
            assertThat(row.getDouble(6)).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(row.getBigDecimal(7)).isEqualByComparingTo("-99999999999999999999999999999999999999");
            assertThat(row.getFloat(8)).isEqualTo(Float.MIN_VALUE);
            assertThat(row.getString(9)).isEqualTo("0001-01-01");
            assertThat(row.getDate(10)).isEqualTo(Date.valueOf("9999-12-31"));
            assertThat(row.getTimestamp(11).toInstant()).isEqualTo(Instant.parse("1900-01-01T00:00:00Z"));
        });
    }
}
