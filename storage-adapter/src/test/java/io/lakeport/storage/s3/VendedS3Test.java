package io.lakeport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.Patient;
import io.lakeport.storage.volume.TestWorkspace;
import io.lakeport.testkit.network.FaultyRoad;
import io.lakeport.testwatch.LeavesThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that the local workspace vends for an S3 server. */
@LeavesThreads(value = "Keep-Alive-Timer", because = "the JDK's HTTP client keeps it until its idle connections ended")
class VendedS3Test {
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static LocalS3 server;
    private static TestWorkspace workspace;

    private final Patient guard = new Patient();

    @BeforeAll
    static void start(@TempDir Path directory, @TempDir Path secrets) throws Exception {
        server = new LocalS3(directory);
        Path key = Files.writeString(secrets.resolve("key"), LocalS3.SECRET_KEY);
        workspace = new TestWorkspace(Map.of(
                "s3-endpoint",
                server.endpoint().toString(),
                "s3-account",
                LocalS3.ACCESS_KEY,
                "s3-key",
                "file:" + key));
        String api = "/api/2.1/unity-catalog/";
        workspace.post(
                api + "storage-credentials",
                "{\"name\":\"lake\",\"aws_iam_role\":{\"role_arn\":\"arn:aws:iam::123456789012:role/lake\"}}");
        workspace.post(
                api + "external-locations",
                "{\"name\":\"lake\",\"url\":\"s3://exports/vended\",\"credential_name\":\"lake\"}");
    }

    @AfterAll
    static void stop() {
        workspace.close();
        server.close();
    }

    private ObjectStore store(String root, String endpoint) {
        return new S3ObjectStoreProvider()
                .open(workspace.context(root, Map.of("credentials", "vended", "endpoint", endpoint), guard));
    }

    private static void put(ObjectStore store) throws IOException {
        try (ObjectSink sink = store.create(KEY, CreateMode.REPLACE)) {
            sink.write(ByteBuffer.allocate(9_000_000));
            sink.commit();
        }
    }

    @Test
    void credentials_thatAreVended_needTheGrant_writeAndAreKept() throws Exception {
        try (ObjectStore store =
                store("s3://exports/vended/a/", server.endpoint().toString())) {
            assertThatThrownBy(() -> put(store))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("EXTERNAL USE LOCATION")
                    .hasMessageContaining("s3://exports/vended/a/");
        }
        workspace.sql("GRANT EXTERNAL USE LOCATION ON EXTERNAL LOCATION lake TO `" + workspace.principal() + "`");
        try (FaultyRoad road = new FaultyRoad(server.endpoint().getPort());
                ObjectStore store = store("s3://exports/vended/a/", road.endpoint())) {
            put(store);
            assertThat(store.list("")).hasSize(1);
            assertThat(road.heads().stream().map(VendedS3Test::session).distinct())
                    .as("one credential for all requests")
                    .hasSize(1);
        }
    }

    private static String session(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("x-amz-security-token:"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void path_thatNoLocationCovers_isNamed_andSecretsBesideAreRefused() {
        try (ObjectStore store =
                store("s3://exports/elsewhere/", server.endpoint().toString())) {
            assertThatThrownBy(() -> store.list(""))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("s3://exports/elsewhere/")
                    .hasMessageContaining("external location");
        }
        assertThatThrownBy(() -> server.store("s3://exports/x/", Map.of("credentials", "vended"), "secret", guard))
                .hasMessageContaining("takes no secrets");
    }
}
