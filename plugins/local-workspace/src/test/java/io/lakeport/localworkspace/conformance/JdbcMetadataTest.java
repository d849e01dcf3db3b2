package io.lakeport.localworkspace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of {@link DatabaseMetaData} by the official driver. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lakeport.localworkspace.conformance.DriverClient#all")
@Proves("DatabaseMetaData")
class JdbcMetadataTest extends JdbcConformance {
    /** Arguments that name something, by the method's first parameters; every further text is a pattern for anything. */
    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "getPrimaryKeys", List.of("shop", "sales", "orders"),
            "getImportedKeys", List.of("shop", "sales", "orders"),
            "getExportedKeys", List.of("shop", "sales", "customers"),
            "getCrossReference", List.of("shop", "sales", "customers", "shop", "sales", "orders"),
            "getBestRowIdentifier", List.of("shop", "sales", "orders"),
            "getVersionColumns", List.of("shop", "sales", "orders"),
            "getIndexInfo", List.of("shop", "sales", "orders"));

    private Connection connection;
    private DatabaseMetaData metadata;

    @BeforeEach
    void createTables() throws SQLException {
        connection = connect();
        metadata = connection.getMetaData();
        run(
                connection,
                "CREATE CATALOG IF NOT EXISTS shop",
                "CREATE SCHEMA IF NOT EXISTS shop.sales",
                "CREATE SCHEMA IF NOT EXISTS shop.sales_old",
                "CREATE TABLE IF NOT EXISTS shop.sales.customers (id BIGINT NOT NULL, name STRING COMMENT 'who',"
                        + " CONSTRAINT pk_customers PRIMARY KEY (id)) COMMENT 'all of them'",
                "CREATE TABLE IF NOT EXISTS shop.sales.orders (id BIGINT NOT NULL, customer BIGINT,"
                        + " price DECIMAL(12,2), at TIMESTAMP, tags ARRAY<STRING>,"
                        + " CONSTRAINT pk_orders PRIMARY KEY (id),"
                        + " CONSTRAINT fk_customer FOREIGN KEY (customer) REFERENCES shop.sales.customers (id))",
                "CREATE TABLE IF NOT EXISTS shop.sales_old.orders_1 (id INT)",
                "CREATE TABLE IF NOT EXISTS shop.sales_old.ordersx1 (id INT)",
                "CREATE OR REPLACE VIEW shop.sales.cheap AS SELECT * FROM shop.sales.orders WHERE price < 1");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void everyMethod_called_answers() {
        List<String> failures = new ArrayList<>();
        int called = 0;
        for (Method method : DatabaseMetaData.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            called++;
            try {
                if (method.invoke(metadata, arguments(method)) instanceof ResultSet rows) {
                    drain(rows);
                }
            } catch (InvocationTargetException e) {
                failures.add(method.getName() + ": " + e.getCause());
            } catch (SQLException | IllegalAccessException e) {
                failures.add(method.getName() + ": " + e);
            }
        }
        assertThat(called).isGreaterThan(170);
        assertThat(failures).isEmpty();
    }

    private static Object[] arguments(Method method) {
        List<String> named = ARGUMENTS.getOrDefault(method.getName(), List.of("shop", "%"));
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == String.class) {
                arguments[i] = i < named.size() ? named.get(i) : "%";
            } else if (type == int.class) {
                arguments[i] = 1;
            } else if (type == boolean.class) {
                arguments[i] = false;
            } else if (type == Class.class) {
                arguments[i] = DatabaseMetaData.class;
            }
        }
        return arguments;
    }

    private static void drain(ResultSet rows) throws SQLException {
        // Left open: older drivers hand the same result set to every caller.
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                rows.getObject(i);
            }
        }
    }

    @Test
    void catalogsAndSchemas_listed_areThere() throws SQLException {
        assertThat(rows(metadata.getCatalogs(), "TABLE_CAT"))
                .contains("main", "samples", "shop")
                .isSorted();
        assertThat(rows(metadata.getSchemas("shop", "%"), "TABLE_CATALOG", "TABLE_SCHEM"))
                .contains("shop|sales", "shop|sales_old", "shop|default", "shop|information_schema");
        assertThat(rows(metadata.getSchemas("shop", "sales%"), "TABLE_SCHEM")).containsExactly("sales", "sales_old");
        assertThat(rows(metadata.getSchemas("shop", "sales\\_%"), "TABLE_SCHEM"))
                .containsExactly("sales_old");
        assertThat(rows(metadata.getSchemas(null, "sales"), "TABLE_CATALOG", "TABLE_SCHEM"))
                .containsExactly("shop|sales");
        if (client.thrift() || !client.isOld()) {
            // The old driver passes the server's refusal on.
            assertThat(rows(metadata.getSchemas("nowhere", "%"), "TABLE_SCHEM")).isEmpty();
        }
    }

    @Test
    void tables_byPattern_areThoseThatFit() throws SQLException {
        assertThat(rows(metadata.getTables("shop", "sales", "%", null), "TABLE_NAME", "TABLE_TYPE", "REMARKS"))
                .containsExactlyInAnyOrder("cheap|VIEW|", "customers|TABLE|all of them", "orders|TABLE|");
        assertThat(rows(metadata.getTables("shop", "sales_old", "orders_1", null), "TABLE_NAME"))
                .containsExactlyInAnyOrder("orders_1", "ordersx1");
        assertThat(rows(metadata.getTables("shop", "sales\\_old", "orders\\_1", null), "TABLE_NAME"))
                .containsExactly("orders_1");
        assertThat(rows(metadata.getTables("shop", "sales", "%", new String[] {"VIEW"}), "TABLE_NAME"))
                .containsExactly("cheap");
        assertThat(rows(metadata.getTables("shop", "nowhere", "%", null), "TABLE_NAME"))
                .isEmpty();
        if (client.thrift() || !client.isOld()) {
            assertThat(rows(metadata.getTables("nowhere", "%", "%", null), "TABLE_NAME"))
                    .isEmpty();
        }
        assertThat(rows(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
    }

    @Test
    void columns_ofTable_haveTypesOrderAndNullability() throws SQLException {
        assertThat(rows(
                        metadata.getColumns("shop", "sales", "orders", "%"),
                        "COLUMN_NAME",
                        "ORDINAL_POSITION",
                        "TYPE_NAME",
                        "IS_NULLABLE"))
                .containsExactly(
                        "id|1|BIGINT|NO",
                        "customer|2|BIGINT|YES",
                        "price|3|DECIMAL|YES",
                        "at|4|TIMESTAMP|YES",
                        "tags|5|ARRAY<STRING>|YES");
        assertThat(rows(
                        metadata.getColumns("shop", "sales", "orders", "price"),
                        "DATA_TYPE",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "NUM_PREC_RADIX",
                        "NULLABLE"))
                .containsExactly("3|12|2|10|1");
        assertThat(rows(metadata.getColumns("shop", "sales", "customers", "n%"), "COLUMN_NAME", "REMARKS"))
                .containsExactly("name|who");
        if (client.thrift() || !client.isOld()) {
            // The old driver refuses to look in every catalog over REST.
            assertThat(rows(metadata.getColumns(null, "sales", "customers", "id"), "TABLE_CAT"))
                    .containsExactly("shop");
        }
    }

    @Test
    void keys_ofTables_areDeclaredOnes() throws SQLException {
        assertThat(rows(metadata.getPrimaryKeys("shop", "sales", "orders"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                .containsExactly("id|1|pk_orders");
        String[] columns = {"PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME", "FK_NAME"};
        String key = "customers|id|orders|customer|fk_customer";
        assertThat(rows(metadata.getImportedKeys("shop", "sales", "orders"), columns))
                .containsExactly(key);
        assertThat(rows(metadata.getCrossReference("shop", "sales", "customers", "shop", "sales", "orders"), columns))
                .containsExactly(key);
        assertThat(rows(metadata.getImportedKeys("shop", "sales", "customers"), columns))
                .isEmpty();
    }

    @Test
    void functionsAndTypes_listed_areSparks() throws SQLException {
        if (!client.isOld()) {
            // The old driver hands out one result set of types in its whole life.
            assertThat(rows(metadata.getTypeInfo(), "TYPE_NAME", "DATA_TYPE"))
                    .contains("BIGINT|-5", "DECIMAL|3", "TIMESTAMP|93", "DATE|91");
        }
        assertThat(rows(metadata.getFunctions("system", "%", "up%"), "FUNCTION_NAME"))
                .contains("upper");
    }

    @Test
    void nameWithOddCharacters_everywhere_isFound() throws SQLException {
        run(
                connection,
                "CREATE SCHEMA IF NOT EXISTS shop.`odd schema`",
                "CREATE TABLE IF NOT EXISTS shop.`odd schema`.`täble 1` (`a b` INT, `c``d` STRING)");
        assertThat(rows(metadata.getTables("shop", "odd schema", "%", null), "TABLE_NAME"))
                .containsExactly("täble 1");
        assertThat(rows(metadata.getColumns("shop", "odd schema", "täble 1", "%"), "COLUMN_NAME"))
                .containsExactly("a b", "c`d");
    }
}
