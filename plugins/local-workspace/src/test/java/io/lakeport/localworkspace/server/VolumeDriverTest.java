package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.jdbc.api.IDatabricksVolumeClient;
import com.databricks.jdbc.api.impl.DatabricksConnectionContextFactory;
import com.databricks.jdbc.api.impl.volume.DatabricksVolumeClientFactory;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.conformance.ClientUnderTest;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT, GET, REMOVE and LIST as the official JDBC driver carries them out, in both protocols. */
@ParameterizedClass
@ValueSource(ints = {0, 1})
@Proves("Files and volumes")
class VolumeDriverTest implements ClientUnderTest {
    @TempDir
    static Path local;

    private static LocalWorkspace workspace;

    @Parameter
    int thrift;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory(), WorkspaceOptions.defaults(), DuckEngine::open);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @Override
    public String clientName() {
        return "JDBC 3.4.5 " + (thrift == 1 ? "Thrift" : "SEA") + " PAT";
    }

    private String url() {
        SimulatorConnection c = workspace.connection();
        return "jdbc:databricks://localhost:" + c.port() + "/default;ssl=0;AuthMech=3;UID=token;PWD="
                + c.token().reveal() + ";httpPath=" + c.httpPath() + ";UseThriftClient=" + thrift
                + ";EnableTelemetry=0;UseBoundedSeaApi=0;EnableThriftNativeMetadata=0;"
                + "VolumeOperationAllowedLocalPaths=" + local;
    }

    private static List<String> names(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString("name") + ":" + rows.getLong("size"));
            }
            return names;
        }
    }

    @Test
    void putListGetRemove_roundTrip() throws SQLException, IOException {
        String volume = "/Volumes/main/default/v" + thrift;
        Path source = Files.writeString(local.resolve("in" + thrift + ".txt"), "ten bytes!");
        Path target = local.resolve("out" + thrift + ".txt");
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE VOLUME v" + thrift);
            String put = "PUT '" + source + "' INTO '" + volume + "/d/o''ne %41.txt'";
            try (ResultSet rows = statement.executeQuery(put)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("operation_status")).isEqualTo("SUCCEEDED");
            }
            assertThatThrownBy(() -> statement.execute(put))
                    .hasMessageContaining("FILE_IN_STAGING_PATH_ALREADY_EXISTS");
            Files.writeString(source, "other");
            statement.execute(put + " OVERWRITE");
            assertThat(names(statement, "LIST '" + volume + "'")).containsExactly("d/:0");
            assertThat(names(statement, "LIST '" + volume + "/d/'")).containsExactly("o'ne %41.txt:5");
            statement.execute("GET '" + volume + "/d/o\\'ne %41.txt' TO '" + target + "'");
            assertThat(target).hasContent("other");
            statement.execute("REMOVE '" + volume + "/d/o\\'ne %41.txt'");
            assertThat(names(statement, "LIST '" + volume + "/d'")).isEmpty();
            assertThatThrownBy(() -> statement.execute("REMOVE '" + volume + "/d/none'"))
                    .hasMessageContaining("PATH_NOT_FOUND");
            assertThatThrownBy(() -> statement.execute("LIST '/Volumes/main/default/none'"))
                    .hasMessageContaining("UC_VOLUME_NOT_FOUND");
        }
    }

    @Test
    void volumeClient_overSql_worksWithStreams() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE VOLUME IF NOT EXISTS streams" + thrift);
            connection.setClientInfo("enableVolumeOperations", "1");
            IDatabricksVolumeClient client = DatabricksVolumeClientFactory.getVolumeClient(connection);
            exercise(client, "streams" + thrift);
        }
    }

    @Test
    void volumeClient_withoutCompute_worksWithStreamsAndMany() throws Exception {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE VOLUME IF NOT EXISTS direct" + thrift);
        }
        IDatabricksVolumeClient client = DatabricksVolumeClientFactory.getVolumeClient(
                DatabricksConnectionContextFactory.create(url(), new Properties()));
        exercise(client, "direct" + thrift);
        List<String> objects = List.of("m1", "m2", "m3");
        Path file = Files.writeString(local.resolve("many.txt"), "many");
        assertThat(client.putFiles(
                        "main",
                        "default",
                        "direct" + thrift,
                        objects,
                        List.of(file.toString(), file.toString(), file.toString()),
                        true))
                .allMatch(result -> result.getStatus().name().equals("SUCCEEDED"));
        assertThat(client.listObjects("main", "default", "direct" + thrift, "m", true))
                .containsExactlyElementsOf(objects);
    }

    private static void exercise(IDatabricksVolumeClient client, String volume) throws SQLException, IOException {
        byte[] content = "streamed".getBytes(StandardCharsets.UTF_8);
        assertThat(client.putObject(
                        "main", "default", volume, "s.txt", new ByteArrayInputStream(content), content.length, true))
                .isTrue();
        assertThat(client.objectExists("main", "default", volume, "s.txt", true))
                .isTrue();
        assertThat(client.volumeExists("main", "default", volume, true)).isTrue();
        assertThat(client.volumeExists("main", "default", "absent", true)).isFalse();
        assertThat(client.prefixExists("main", "default", volume, "s", true)).isTrue();
        assertThat(client.getObject("main", "default", volume, "s.txt")
                        .getContent()
                        .readAllBytes())
                .isEqualTo(content);
        assertThat(client.deleteObject("main", "default", volume, "s.txt")).isTrue();
        assertThat(client.listObjects("main", "default", volume, "s", true)).isEmpty();
    }
}
