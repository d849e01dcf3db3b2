package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.AlreadyExists;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.files.CreateDirectoryRequest;
import com.databricks.sdk.service.files.Delete;
import com.databricks.sdk.service.files.DirectoryEntry;
import com.databricks.sdk.service.files.FileInfo;
import com.databricks.sdk.service.files.GetMetadataResponse;
import com.databricks.sdk.service.files.ListDirectoryContentsRequest;
import com.databricks.sdk.service.files.Move;
import com.databricks.sdk.service.files.Put;
import com.databricks.sdk.service.files.UploadRequest;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import io.lakeport.localworkspace.file.Mount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files API and DBFS as the official SDK drives them. */
class FilesTest {
    private static final String VOLUME = "/Volumes/main/default/files";

    @TempDir
    static Path bucket;

    private static LocalWorkspace workspace;
    private static WorkspaceClient client;
    private static RawClient raw;

    @BeforeAll
    static void start() {
        WorkspaceOptions options =
                WorkspaceOptions.defaults().withMounts(List.of(new Mount("s3://acme-data/in", bucket)));
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory(), options, DuckEngine::open);
        SimulatorConnection c = workspace.connection();
        client = new WorkspaceClient(new DatabricksConfig()
                .setHost(c.httpUrl().toString())
                .setAuthType("pat")
                .setToken(c.token().reveal()));
        raw = new RawClient(workspace);
        sql("CREATE VOLUME main.default.files COMMENT 'for tests'");
        sql("CREATE EXTERNAL VOLUME main.default.lake LOCATION 's3://acme-data/in/lake'");
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static void sql(String text) {
        assertThat(raw.run(text, "").path("status").path("state").asText())
                .as(text)
                .isEqualTo("SUCCEEDED");
    }

    private static void upload(String path, String content) {
        client.files()
                .upload(new UploadRequest()
                        .setFilePath(path)
                        .setContents(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))));
    }

    private static String download(String path) throws IOException {
        try (InputStream in = client.files().download(path).getContents()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void upload_thenMetadataAndDownload_giveWhatWasSent() throws IOException {
        upload(VOLUME + "/a/b/plain.txt", "hello");
        GetMetadataResponse metadata = client.files().getMetadata(VOLUME + "/a/b/plain.txt");
        assertThat(metadata.getContentLength()).isEqualTo(5);
        assertThat(metadata.getLastModified()).endsWith("GMT");
        assertThat(download("/Volumes/MAIN/default/files/a/b/plain.txt")).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.txt",
                "grüße-日本.txt",
                "100%.txt",
                "%41.txt",
                "a#b?c&d=e+f.txt",
                "it's \"quoted\".txt",
                "[x]{y}*.txt",
                "back\\slash",
                "semi;colon:and|pipe"
            })
    void upload_oddName_isListedAndReadUnderThatName(String name) throws IOException {
        upload(VOLUME + "/odd/" + name, name);
        assertThat(download(VOLUME + "/odd/" + name)).isEqualTo(name);
        assertThat(client.files().listDirectoryContents(VOLUME + "/odd"))
                .extracting(DirectoryEntry::getName)
                .contains(name);
        client.files().delete(VOLUME + "/odd/" + name);
        assertThatThrownBy(() -> download(VOLUME + "/odd/" + name)).isInstanceOf(NotFound.class);
    }

    @Test
    void upload_existingFile_isRefusedUnlessOverwriting() throws IOException {
        String path = VOLUME + "/twice.txt";
        upload(path, "one");
        assertThatThrownBy(() -> upload(path, "two")).isInstanceOf(AlreadyExists.class);
        assertThat(download(path)).isEqualTo("one");
        client.files()
                .upload(new UploadRequest()
                        .setFilePath(path)
                        .setContents(new ByteArrayInputStream("two".getBytes(StandardCharsets.UTF_8)))
                        .setOverwrite(true));
        assertThat(download(path)).isEqualTo("two");
    }

    @Test
    void upload_sameNameInParallel_letsExactlyOneIn() {
        List<CompletableFuture<Boolean>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        upload(VOLUME + "/race.txt", "writer " + i);
                        return true;
                    } catch (AlreadyExists e) {
                        return false;
                    }
                }))
                .toList();
        assertThat(all.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    @Test
    void download_ranges_areCutAsHttpSays() {
        upload(VOLUME + "/range.txt", "0123456789");
        String path = "/api/2.0/fs/files" + VOLUME + "/range.txt";
        RawClient.Answer part = raw.send(path, r -> r.GET().header("Range", "bytes=2-4"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("234");
        assertThat(part.raw().headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
        assertThat(raw.send(path, r -> r.GET().header("Range", "bytes=-3")).text())
                .isEqualTo("789");
        assertThat(raw.send(path, r -> r.GET().header("Range", "bytes=8-")).text())
                .isEqualTo("89");
        assertThat(raw.send(path, r -> r.GET().header("Range", "bytes=10-")).status())
                .isEqualTo(416);
    }

    @Test
    void directories_listInPages_andAreDeletedWhenEmpty() {
        String directory = VOLUME + "/many";
        for (int i = 0; i < 2; i++) {
            client.files().createDirectory(new CreateDirectoryRequest().setDirectoryPath(directory));
        }
        assertThat(client.files().listDirectoryContents(directory)).isEmpty();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            names.add("file-" + (char) ('a' + i));
            upload(directory + "/" + names.get(i), "x");
        }
        assertThat(client.files()
                        .listDirectoryContents(new ListDirectoryContentsRequest()
                                .setDirectoryPath(directory)
                                .setPageSize(10L)))
                .extracting(DirectoryEntry::getName)
                .containsExactlyElementsOf(names);
        assertThatThrownBy(() -> client.files().deleteDirectory(directory))
                .isInstanceOf(DatabricksError.class)
                .hasMessageContaining("not empty");
        names.forEach(name -> client.files().delete(directory + "/" + name));
        client.files().deleteDirectory(directory);
        assertThatThrownBy(() -> client.files().getDirectoryMetadata(directory)).isInstanceOf(NotFound.class);
    }

    @Test
    void externalVolume_onMount_readsAndWritesTheDirectory() throws IOException {
        Files.createDirectories(bucket.resolve("lake"));
        Files.writeString(bucket.resolve("lake/there.txt"), "from outside");
        assertThat(download("/Volumes/main/default/lake/there.txt")).isEqualTo("from outside");
        upload("/Volumes/main/default/lake/new.txt", "from inside");
        assertThat(bucket.resolve("lake/new.txt")).hasContent("from inside");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Volumes/main/default/files/../../secret",
                "/Volumes/main/default/files/./x",
                "/Volumes/main/default/files/%2e%2e/x",
                "/tmp/x",
                "/Volumes/main/default"
            })
    void path_leadingOutside_isRefused(String path) {
        RawClient.Answer answer = raw.get("/api/2.0/fs/files" + path.replace("..", "%2e%2e"));
        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.json().path("error_code").asText()).isNotEqualTo("INTERNAL_ERROR");
    }

    @Test
    void symbolicLink_onMount_isNotFollowed() throws IOException {
        Files.createDirectories(bucket.resolve("lake"));
        Path secret = Files.createTempFile("secret", ".txt");
        Files.writeString(secret, "secret");
        Files.createSymbolicLink(bucket.resolve("lake/link.txt"), secret);
        assertThatThrownBy(() -> download("/Volumes/main/default/lake/link.txt"))
                .isInstanceOf(DatabricksError.class);
        assertThat(client.files().listDirectoryContents("/Volumes/main/default/lake"))
                .extracting(DirectoryEntry::getName)
                .doesNotContain("link.txt");
        Files.delete(secret);
    }

    @Test
    void unknownVolume_isNotFound() {
        assertThatThrownBy(() -> download("/Volumes/main/default/none/x"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("main.default.none");
    }

    @Test
    void link_tamperedExpiredOrWithToken_isRefusedAsStorageDoes() {
        upload(VOLUME + "/linked.txt", "linked");
        String body = "{\"path\":\"" + VOLUME + "/linked.txt\"}";
        String url = raw.post("/api/2.0/fs/create-download-url", body)
                .json()
                .path("url")
                .asText();
        RawClient anonymous = new RawClient(workspace.connection().httpUrl(), "");
        assertThat(anonymous.get(url).text()).isEqualTo("linked");
        assertThat(raw.get(url).status()).isEqualTo(400);
        assertThat(anonymous.get(url.replace("X-Expires=1", "X-Expires=2")).text())
                .contains("SignatureDoesNotMatch");
        assertThat(anonymous.delete(url).text()).contains("SignatureDoesNotMatch");
        String put = raw.post("/api/2.0/fs/create-upload-url", body)
                .json()
                .path("url")
                .asText();
        assertThat(anonymous
                        .send(put, r -> r.PUT(HttpRequest.BodyPublishers.ofString("changed")))
                        .status())
                .isEqualTo(200);
        assertThat(anonymous.get(url).text()).isEqualTo("changed");
    }

    @Test
    void dbfs_blocksReadListMoveDelete_workThroughTheSdk() throws IOException {
        byte[] content = new byte[(2 << 20) + 17];
        new java.util.Random(7).nextBytes(content);
        client.dbfs().mkdirs("/tmp/in");
        client.dbfs().write(Path.of("/tmp/in/big.bin"), content);
        assertThat(client.dbfs().readAllBytes(Path.of("/tmp/in/big.bin"))).isEqualTo(content);
        FileInfo info = client.dbfs().getStatus("dbfs:/tmp/in/big.bin");
        assertThat(info.getPath()).isEqualTo("/tmp/in/big.bin");
        assertThat(info.getFileSize()).isEqualTo(content.length);
        client.dbfs().move(new Move().setSourcePath("/tmp/in/big.bin").setDestinationPath("/tmp/out.bin"));
        assertThat(client.dbfs().list("/tmp")).extracting(FileInfo::getPath).containsExactly("/tmp/in", "/tmp/out.bin");
        client.dbfs().delete(new Delete().setPath("/tmp").setRecursive(true));
        client.dbfs()
                .put(new Put().setPath("/tmp/p").setContents(Base64.getEncoder().encodeToString(new byte[] {1})));
        assertThatThrownBy(() -> client.dbfs().put(new Put().setPath("/tmp/p").setContents("AQ==")))
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> client.dbfs().getStatus("/tmp/none")).isInstanceOf(NotFound.class);
    }

    @Test
    void dbfs_seesVolumes_andRefusesWhatNoLocationCovers() {
        upload(VOLUME + "/seen.txt", "seen");
        assertThat(client.dbfs().getStatus("dbfs:" + VOLUME + "/seen.txt").getFileSize())
                .isEqualTo(4);
        assertThatThrownBy(() -> client.dbfs().getStatus("s3://other-bucket/x")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> client.dbfs().getStatus("file:/etc/passwd")).isInstanceOf(PermissionDenied.class);
    }
}
