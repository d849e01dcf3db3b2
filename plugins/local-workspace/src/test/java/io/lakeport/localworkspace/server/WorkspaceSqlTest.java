package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server and engine together: Databricks SQL and metadata through the official driver in both protocols. */
class WorkspaceSqlTest {
    @TempDir
    static Path directory;

    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() throws IOException {
        Path csv = Files.writeString(directory.resolve("birds.csv"), "id,name\n1,wren\n2,owl\n3,kite\n");
        workspace = LocalWorkspace.start(new SimulatorSettings(0, Optional.empty(), Map.of("birds", csv)));
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
    void statements_createInsertQueryWithParameters_work(int thrift) throws SQLException {
        try (Connection connection = connect(thrift);
                Statement statement = connection.createStatement()) {
            String table = "main.default.written_" + thrift;
            statement.execute("CREATE OR REPLACE TABLE " + table + " (id BIGINT, name STRING)");
            statement.execute("INSERT INTO " + table + " SELECT id, name FROM birds");
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT name FROM " + table + " WHERE id > ? ORDER BY id")) {
                query.setInt(1, 1);
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(column(rows, 1)).containsExactly("owl", "kite");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void metadata_catalogsSchemasTablesColumns_areListed(int thrift) throws SQLException {
        try (Connection connection = connect(thrift)) {
            DatabaseMetaData metadata = connection.getMetaData();
            try (ResultSet rows = metadata.getCatalogs()) {
                assertThat(column(rows, "TABLE_CAT")).contains("main");
            }
            try (ResultSet rows = metadata.getSchemas("main", "%")) {
                assertThat(column(rows, "TABLE_SCHEM")).contains("default");
            }
            try (ResultSet rows = metadata.getTables("main", "default", "bir%", null)) {
                assertThat(column(rows, "TABLE_NAME")).containsExactly("birds");
            }
            try (ResultSet rows = metadata.getColumns("main", "default", "birds", "%")) {
                assertThat(column(rows, "COLUMN_NAME")).containsExactly("id", "name");
            }
            try (ResultSet rows = metadata.getColumns("main", "default", "birds", "name")) {
                assertThat(column(rows, "ORDINAL_POSITION")).containsExactly("2");
            }
        }
    }

    @Test
    void queryHistory_asTable_tellsWhatRanAndWithWhichTags() {
        RawClient client = new RawClient(workspace);
        JsonNode ran = client.run(
                "SELECT count(*) FROM birds", ",\"query_tags\":[{\"key\":\"purpose\",\"value\":\"it's a test\"}]");
        String id = ran.get("statement_id").asText();
        JsonNode row = client.run(
                        "SELECT statement_text, execution_status, compute.warehouse_id, produced_rows,"
                                + " query_tags['purpose'], start_time <= end_time FROM system.query.history"
                                + " WHERE statement_id = '" + id + "'",
                        "")
                .at("/result/data_array/0");
        assertThat(row.toString())
                .isEqualTo("[\"SELECT count(*) FROM birds\",\"FINISHED\",\"0123456789abcdef\",\"1\",\"it's a test\","
                        + "\"true\"]");
    }

    @Test
    void unityCatalogLists_afterLoad_nameTheTable() {
        RawClient client = new RawClient(workspace);
        String uc = "/api/2.1/unity-catalog/";
        assertThat(client.get(uc + "catalogs").json().findValuesAsText("name")).contains("main");
        assertThat(client.get(uc + "schemas?catalog_name=main").json().findValuesAsText("name"))
                .contains("default");
        assertThat(client.get(uc + "tables?catalog_name=main&schema_name=default")
                        .json()
                        .findValuesAsText("full_name"))
                .contains("main.default.birds");
        assertThat(client.get(uc + "schemas?catalog_name=nowhere").status()).isEqualTo(404);
    }

    @Test
    void execute_unknownTable_failsWithDatabricksErrorClass() {
        JsonNode answer = new RawClient(workspace).run("SELECT * FROM nowhere", "");
        assertThat(answer.at("/status/state").asText()).isEqualTo("FAILED");
        assertThat(answer.at("/status/error/message").asText()).startsWith("[TABLE_OR_VIEW_NOT_FOUND]");
        assertThat(answer.at("/status/sql_state").asText()).isEqualTo("42P01");
    }

    @Test
    void execute_namedParameters_areBound() {
        JsonNode answer = new RawClient(workspace)
                .run(
                        "SELECT :n + 1, :s, :missing IS NULL",
                        ",\"parameters\":[{\"name\":\"n\",\"type\":\"INT\",\"value\":\"41\"},"
                                + "{\"name\":\"s\",\"value\":\"a'b\"},{\"name\":\"missing\",\"type\":\"DATE\"}]");
        assertThat(answer.at("/result/data_array/0").toString()).isEqualTo("[\"42\",\"a'b\",\"true\"]");
    }

    private static List<String> column(ResultSet rows, Object which) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(which instanceof Integer index ? rows.getString(index) : rows.getString(which.toString()));
        }
        return values;
    }
}
