package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.sql.CreateWarehouseRequest;
import com.databricks.sdk.service.sql.CreateWarehouseRequestWarehouseType;
import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import io.lakeport.localworkspace.system.TableColumns;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the workspace does can be read from its system tables. */
@Proves(value = "System tables", client = "Java SDK 0.141.0")
class SystemTablesTest {
    private static LocalWorkspace workspace;
    private static RawClient raw;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory(), WorkspaceOptions.defaults(), DuckEngine::open);
        raw = new RawClient(workspace);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    /** Returns the rows of a statement, values as text. */
    private static List<List<String>> rows(String sql) {
        JsonNode answer = raw.run(sql, ",\"wait_timeout\":\"30s\"");
        assertThat(answer.path("status").path("state").asText())
                .as(answer.path("status").toString())
                .isEqualTo("SUCCEEDED");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : answer.path("result").path("data_array")) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(value.isNull() ? "NULL" : value.asText()));
            rows.add(values);
        }
        return rows;
    }

    private static Connection driver() throws SQLException {
        SimulatorConnection c = workspace.connection();
        Properties properties = new Properties();
        properties.setProperty("UserAgentEntry", "Acme_Widget/2.0");
        properties.setProperty("query_tags", "team:sales,purpose:sample");
        return DriverManager.getConnection(
                "jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;UID=token;PWD="
                        + c.token().reveal() + ";httpPath=" + c.httpPath()
                        + ";UseThriftClient=0;EnableTelemetry=0;UseBoundedSeaApi=0",
                properties);
    }

    @Test
    @Tag("AK-41")
    @Tag("DF-38")
    void statement_ofTheDriver_isInHistoryAndAuditWithAgentAndTags() throws SQLException {
        try (Connection connection = driver();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT 'driver said this' AS s")) {
            assertThat(answer.next()).isTrue();
        }
        List<String> history = rows("SELECT statement_id, client_application, client_driver, query_tags['team'],"
                        + " execution_status, compute.warehouse_id, produced_rows FROM system.query.history"
                        + " WHERE statement_text = \"SELECT 'driver said this' AS s\"")
                .get(0);
        assertThat(history.get(1)).contains("Acme_Widget/2.0");
        assertThat(history.subList(2, 7))
                .containsExactly(
                        "Databricks JDBC Driver",
                        "sales",
                        "FINISHED",
                        workspace.connection().warehouseId(),
                        "1");
        assertThat(rows("SELECT action_name, source_ip_address, user_identity.email, response.status_code,"
                        + " request_params['queryTags.purpose'] FROM system.access.audit WHERE service_name ="
                        + " 'databrickssql' AND request_params['commandId'] = '" + history.get(0)
                        + "' AND user_agent LIKE '%Acme_Widget/2.0%' ORDER BY event_time, action_name DESC"))
                .containsExactly(
                        List.of(
                                "commandSubmit",
                                "127.0.0.1",
                                workspace.connection().clientId(),
                                "200",
                                "sample"),
                        List.of(
                                "commandFinish",
                                "127.0.0.1",
                                workspace.connection().clientId(),
                                "200",
                                "sample"));
    }

    @Test
    void table_throughUseOrView_isUpToDate() throws SQLException {
        try (Connection connection = driver();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE OR REPLACE VIEW main.default.recent_queries AS SELECT * FROM system.query.history");
            statement.execute("SELECT 'mark one'");
            assertThat(count(
                            statement,
                            "SELECT count(*) FROM recent_queries WHERE statement_text = \"SELECT 'mark one'\""))
                    .isOne();
            statement.execute("USE CATALOG system");
            statement.execute("USE SCHEMA query");
            statement.execute("SELECT 'mark two'");
            assertThat(count(statement, "SELECT count(*) FROM history WHERE statement_text = \"SELECT 'mark two'\""))
                    .isOne();
        }
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    @Test
    @Tag("DF-07")
    void warehouse_ofTheClient_leavesEventsChangesAuditAndABill() throws Exception {
        WorkspaceClient client = new WorkspaceClient(new DatabricksConfig()
                .setHost(workspace.connection().httpUrl().toString())
                .setAuthType("pat")
                .setToken(workspace.connection().token().reveal()));
        String id = client.warehouses()
                .create(new CreateWarehouseRequest()
                        .setName("Billed")
                        .setClusterSize("Small")
                        .setEnableServerlessCompute(true)
                        .setWarehouseType(CreateWarehouseRequestWarehouseType.PRO))
                .get()
                .getId();
        client.warehouses().delete(id);

        assertThat(rows("SELECT warehouse_size, warehouse_type, delete_time IS NULL FROM system.compute.warehouses"
                        + " WHERE warehouse_id = '" + id + "' ORDER BY change_time"))
                .containsExactly(List.of("SMALL", "SERVERLESS", "true"), List.of("SMALL", "SERVERLESS", "false"));
        assertThat(rows("SELECT event_type FROM system.compute.warehouse_events WHERE warehouse_id = '" + id
                        + "' ORDER BY event_time"))
                .extracting(row -> row.get(0))
                .contains("STARTING", "RUNNING", "STOPPED");
        assertThat(rows("SELECT action_name, request_params['name'] FROM system.access.audit WHERE action_name"
                        + " = 'createWarehouse'"))
                .containsExactly(List.of("createWarehouse", "Billed"));
        List<String> bill =
                rows("SELECT sum(u.usage_quantity), sum(u.usage_quantity * p.pricing.effective_list.default)"
                                + " FROM system.billing.usage u JOIN system.billing.list_prices p ON u.sku_name = p.sku_name"
                                + " AND u.cloud = p.cloud AND u.usage_unit = p.usage_unit AND u.usage_end_time >="
                                + " p.price_start_time AND (p.price_end_time IS NULL OR u.usage_end_time < p.price_end_time)"
                                + " WHERE u.usage_metadata.warehouse_id = '" + id + "'")
                        .get(0);
        BigDecimal dbus = new BigDecimal(bill.get(0));
        assertThat(dbus).isPositive();
        assertThat(new BigDecimal(bill.get(1)))
                .isCloseTo(
                        dbus.multiply(new BigDecimal("0.70")),
                        org.assertj.core.data.Offset.offset(new BigDecimal("0.000001")));
    }

    @Test
    void lineage_ofWritesAndReads_namesTablesAndColumns() {
        rows("CREATE OR REPLACE TABLE main.default.src (id INT, amount DECIMAL(10,2), note STRING)");
        rows("CREATE OR REPLACE TABLE main.default.names (id INT, name STRING)");
        rows("CREATE OR REPLACE TABLE main.default.made AS WITH c AS (SELECT 1 AS one) SELECT s.id, n.name AS who,"
                + " amount * 2 AS twice FROM main.default.src s JOIN main.default.names n ON s.id = n.id"
                + " CROSS JOIN c");
        rows("INSERT INTO main.default.names SELECT id, note FROM main.default.src");
        rows("MERGE INTO main.default.names t USING main.default.src s ON t.id = s.id WHEN MATCHED THEN DELETE");
        rows("SELECT count(*) FROM main.default.made");

        assertThat(rows("SELECT source_table_full_name, target_table_name FROM system.access.table_lineage"
                        + " WHERE target_table_name IN ('made', 'names') ORDER BY event_time, 1"))
                .containsExactly(
                        List.of("main.default.names", "made"),
                        List.of("main.default.src", "made"),
                        List.of("main.default.src", "names"),
                        List.of("main.default.src", "names"));
        assertThat(rows("SELECT target_table_name FROM system.access.table_lineage WHERE source_table_name = 'made'"))
                .containsExactly(List.of("NULL"));
        assertThat(rows("SELECT source_table_name, source_column_name, target_table_name, target_column_name"
                        + " FROM system.access.column_lineage WHERE target_table_name IN ('made', 'names')"
                        + " ORDER BY event_time, 4, 2"))
                .containsExactly(
                        List.of("src", "id", "made", "id"),
                        List.of("src", "amount", "made", "twice"),
                        List.of("names", "name", "made", "who"),
                        List.of("src", "id", "names", "id"),
                        List.of("src", "note", "names", "name"));
    }

    @Test
    @Tag("DF-08")
    void tables_all_haveTheirColumnsAndTypesAndCanBeRead() {
        Map<String, Map<String, String>> tables = TableColumns.all();
        assertThat(tables).hasSize(22);
        tables.forEach((table, columns) -> {
            Map<String, String> described = new LinkedHashMap<>();
            rows("DESCRIBE TABLE " + table).forEach(row -> described.put(row.get(0), row.get(1)));
            assertThat(described).as(table).containsExactlyEntriesOf(columns);
            rows("SELECT * FROM " + table + " LIMIT 3");
        });
    }
}
