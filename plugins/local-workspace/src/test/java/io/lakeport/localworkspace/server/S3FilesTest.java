package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import io.lakeport.localworkspace.file.ExternalStores;
import io.lakeport.localworkspace.file.StoreEndpoint;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** External locations on a server of the S3 protocol that checks signatures. */
class S3FilesTest {
    @TempDir
    static Path directory;

    private static S3Proxy server;
    private static LocalWorkspace workspace;
    private static RawClient client;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(directory.resolve("lake"));
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "AKIDLOCAL", "a secret of the tests")
                .build();
        server.start();
        workspace = open("a secret of the tests");
        client = new RawClient(workspace);
    }

    private static LocalWorkspace open(String secret) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        ExternalStores stores = ExternalStores.NONE.withS3(new StoreEndpoint(endpoint, "AKIDLOCAL", Secret.of(secret)));
        WorkspaceOptions options = WorkspaceOptions.defaults().withStores(stores);
        return LocalWorkspace.start(SimulatorSettings.inMemory(), options, DuckEngine::open);
    }

    @AfterAll
    static void stop() throws Exception {
        workspace.close();
        server.stop();
    }

    private static List<String> rows(String sql) {
        JsonNode answer = client.run(sql, "");
        assertThat(answer.path("status").path("state").asText())
                .as(sql + "\n" + answer.path("status"))
                .isEqualTo("SUCCEEDED");
        List<String> rows = new ArrayList<>();
        answer.path("result").path("data_array").forEach(row -> rows.add(row.toString()));
        return rows;
    }

    @Test
    void exportAndCopyInto_overS3_roundTrip() {
        rows("INSERT OVERWRITE DIRECTORY 's3://lake/out' USING parquet SELECT id FROM range(1000)");
        rows("INSERT OVERWRITE DIRECTORY 's3://lake/out' USING parquet SELECT id, 'x' AS s FROM range(2000)");
        assertThat(rows("SELECT count(*), sum(id) FROM parquet.`s3://lake/out`"))
                .containsExactly("[\"2000\",\"1999000\"]");
        assertThat(rows("LIST 's3://lake/out'")).hasSize(4);
        rows("CREATE TABLE t (id BIGINT, s STRING)");
        String copy = "COPY INTO t FROM 's3://lake/out' FILEFORMAT = PARQUET";
        assertThat(rows(copy)).containsExactly("[\"2000\",\"2000\",\"0\"]");
        assertThat(rows(copy)).containsExactly("[\"0\",\"0\",\"0\"]");
    }

    @Test
    void externalVolume_onS3_servesTheFilesApi() {
        rows("CREATE EXTERNAL VOLUME onS3 LOCATION 's3://lake/volume'");
        String file = "/api/2.0/fs/files/Volumes/main/default/ons3/a%20b/%C3%BC.txt";
        assertThat(client.send(file, r -> r.PUT(HttpRequest.BodyPublishers.ofString("0123456789")))
                        .status())
                .isEqualTo(204);
        assertThat(client.send(file, r -> r.PUT(HttpRequest.BodyPublishers.ofString("again")))
                        .status())
                .isEqualTo(409);
        assertThat(client.send(file, r -> r.GET().header("Range", "bytes=3-5")).text())
                .isEqualTo("345");
        assertThat(client.get("/api/2.0/fs/directories/Volumes/main/default/ons3/")
                        .text())
                .contains("\"name\":\"a b\"");
        assertThat(client.delete(file).status()).isEqualTo(204);
        assertThat(client.get(file).status()).isEqualTo(404);
    }

    @Test
    void wrongKey_isAnErrorOfTheStatement() {
        try (LocalWorkspace wrong = open("another secret")) {
            JsonNode answer = new RawClient(wrong).run("SELECT * FROM text.`s3://lake/x`", "");
            assertThat(answer.path("status").path("state").asText()).isEqualTo("FAILED");
            assertThat(answer.path("status").path("error").path("message").asText())
                    .startsWith("[INSUFFICIENT_PERMISSIONS]");
        }
    }
}
