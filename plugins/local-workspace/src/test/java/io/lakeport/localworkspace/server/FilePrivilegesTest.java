package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.workspace.Delete;
import com.databricks.sdk.service.workspace.ExportFormat;
import com.databricks.sdk.service.workspace.ExportRequest;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.Language;
import com.databricks.sdk.service.workspace.ObjectInfo;
import com.databricks.sdk.service.workspace.ObjectType;
import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import io.lakeport.localworkspace.file.Mount;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use files, and what of them survives a restart. */
class FilePrivilegesTest {
    @TempDir
    Path directory;

    private LocalWorkspace open() {
        WorkspaceOptions options =
                WorkspaceOptions.defaults().withMounts(List.of(new Mount("s3://acme", directory.resolve("bucket"))));
        SimulatorSettings settings = new SimulatorSettings(0, Optional.of(directory.resolve("data")), Map.of());
        return LocalWorkspace.start(settings, options, DuckEngine::open);
    }

    private static JsonNode run(RawClient client, String sql) {
        return client.run(sql, "");
    }

    private static void succeeds(RawClient client, String sql) {
        JsonNode status = run(client, sql).path("status");
        assertThat(status.path("state").asText()).as(sql + "\n" + status).isEqualTo("SUCCEEDED");
    }

    private static String error(RawClient client, String sql) {
        return run(client, sql).path("status").path("error").path("message").asText();
    }

    private static RawClient somebody(LocalWorkspace workspace) {
        Principal principal = workspace.identities().addServicePrincipal("reader");
        String token =
                workspace.identities().addToken(principal, Duration.ofHours(1)).reveal();
        succeeds(new RawClient(workspace), "GRANT USE CATALOG ON CATALOG main TO `" + principal.applicationId() + "`");
        succeeds(
                new RawClient(workspace),
                "GRANT USE SCHEMA ON SCHEMA main.default TO `" + principal.applicationId() + "`");
        succeeds(
                new RawClient(workspace),
                "GRANT READ VOLUME ON VOLUME main.default.v TO `" + principal.applicationId() + "`");
        return new RawClient(workspace.connection().httpUrl(), token);
    }

    @Test
    void reader_readsTheVolume_butNeitherWritesNorReachesMounts() throws IOException {
        try (LocalWorkspace workspace = open()) {
            RawClient owner = new RawClient(workspace);
            succeeds(owner, "CREATE VOLUME main.default.v");
            String file = "/api/2.0/fs/files/Volumes/main/default/v/a.txt";
            assertThat(owner.send(file, r -> r.PUT(HttpRequest.BodyPublishers.ofString("a")))
                            .status())
                    .isEqualTo(204);
            Files.writeString(directory.resolve("bucket/x.txt"), "x");
            RawClient reader = somebody(workspace);
            assertThat(reader.get(file).text()).isEqualTo("a");
            RawClient.Answer refused = reader.send(file + "2", r -> r.PUT(HttpRequest.BodyPublishers.ofString("b")));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("PERMISSION_DENIED").contains("WRITE VOLUME");
            assertThat(error(reader, "REMOVE '/Volumes/main/default/v/a.txt'"))
                    .startsWith("[INSUFFICIENT_PERMISSIONS]")
                    .contains("WRITE VOLUME");
            assertThat(error(reader, "SELECT * FROM text.`s3://acme/x.txt`"))
                    .startsWith("[NO_PARENT_EXTERNAL_LOCATION_FOR_PATH]");
        }
    }

    @Test
    void restart_keepsVolumesFilesAndWhatCopyIntoLoaded() throws IOException {
        Files.createDirectories(directory.resolve("bucket/in"));
        Files.writeString(directory.resolve("bucket/in/a.json"), "{\"n\":1}\n");
        String copy = "COPY INTO main.default.t FROM 's3://acme/in' FILEFORMAT = JSON";
        try (LocalWorkspace workspace = open()) {
            RawClient owner = new RawClient(workspace);
            succeeds(owner, "CREATE VOLUME main.default.v");
            succeeds(owner, "INSERT OVERWRITE DIRECTORY '/Volumes/main/default/v/d' USING json SELECT 7 AS n");
            succeeds(owner, "CREATE TABLE main.default.t (n BIGINT)");
            succeeds(owner, copy);
        }
        try (LocalWorkspace workspace = open()) {
            RawClient owner = new RawClient(workspace);
            assertThat(run(owner, "SELECT n FROM json.`/Volumes/main/default/v/d`")
                            .at("/result/data_array/0/0")
                            .asText())
                    .isEqualTo("7");
            assertThat(run(owner, copy).at("/result/data_array/0/0").asText()).isEqualTo("0");
        }
    }

    @Test
    void workspaceObjects_importListExportDelete_throughTheSdk() {
        try (LocalWorkspace workspace = open()) {
            WorkspaceClient client = new WorkspaceClient(new DatabricksConfig()
                    .setHost(workspace.connection().httpUrl().toString())
                    .setAuthType("pat")
                    .setToken(workspace.connection().token().reveal()));
            assertThat(client.workspace().getStatus("/").getObjectType()).isEqualTo(ObjectType.DIRECTORY);
            client.workspace().mkdirs("/Shared/team");
            String source = Base64.getEncoder().encodeToString("SELECT 1".getBytes(StandardCharsets.UTF_8));
            Import notebook = new Import()
                    .setPath("/Shared/team/q")
                    .setFormat(ImportFormat.SOURCE)
                    .setLanguage(Language.SQL)
                    .setContent(source);
            client.workspace().importContent(notebook);
            assertThatThrownBy(() -> client.workspace().importContent(notebook)).hasMessageContaining("already exists");
            client.workspace()
                    .importContent(new Import()
                            .setPath("/Shared/team/notes.txt")
                            .setFormat(ImportFormat.AUTO)
                            .setContent(source));
            assertThat(client.workspace().list("/Shared/team"))
                    .extracting(ObjectInfo::getPath, ObjectInfo::getObjectType)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("/Shared/team/notes.txt", ObjectType.FILE),
                            org.assertj.core.groups.Tuple.tuple("/Shared/team/q", ObjectType.NOTEBOOK));
            assertThat(client.workspace()
                            .export(new ExportRequest()
                                    .setPath("/Shared/team/q")
                                    .setFormat(ExportFormat.SOURCE))
                            .getContent())
                    .isEqualTo(source);
            assertThatThrownBy(() -> client.workspace().delete(new Delete().setPath("/Shared/team")))
                    .hasMessageContaining("not empty");
            client.workspace().delete(new Delete().setPath("/Shared/team").setRecursive(true));
            assertThatThrownBy(() -> client.workspace().getStatus("/Shared/team"))
                    .isInstanceOf(NotFound.class);
        }
    }
}
