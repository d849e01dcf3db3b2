package io.lakeport.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.InMemoryStateStore;
import io.lakeport.core.tenant.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsKmsTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static MasterKeys keys(String endpoint, String key) {
        return new AwsKmsKeyProvider()
                .open(new KeyProvider.KeyContext(
                        Map.of(
                                "key_id",
                                key,
                                "region",
                                "eu-central-1",
                                "access_key_id",
                                "AKIDEXAMPLE",
                                "endpoint",
                                endpoint),
                        Map.of("secret_access_key", Secret.of(SECRET)),
                        Path.of(".")));
    }

    private static void fails(SecretError expected, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(expected.toErrorCode()))
                .hasMessageNotContaining(SECRET);
    }

    /** The request, its keys and the signature that AWS publishes as an example. */
    @Test
    void signature_ofTheDocumentedExample_isTheDocumentedOne() {
        AwsSignature signature = new AwsSignature("AKIDEXAMPLE", Secret.of(SECRET), "us-east-1", "iam");
        assertThat(signature.authorization(
                        "GET",
                        "Action=ListUsers&Version=2010-05-08",
                        Map.of(
                                "content-type", "application/x-www-form-urlencoded; charset=utf-8",
                                "host", "iam.amazonaws.com",
                                "x-amz-date", "20150830T123600Z"),
                        new byte[0]))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date,"
                        + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    @ParameterizedTest
    @CsvSource({
        "400, com.amazonaws.kms#AccessDeniedException, KEY_SERVICE_DENIED",
        "400, UnrecognizedClientException, KEY_SERVICE_DENIED",
        "400, NotFoundException, MASTER_KEY_UNKNOWN",
        "400, DisabledException, MASTER_KEY_UNUSABLE",
        "400, InvalidCiphertextException, MASTER_KEY_WRONG",
        "400, ThrottlingException, KEY_SERVICE_UNAVAILABLE",
        "500, KMSInternalException, KEY_SERVICE_UNAVAILABLE",
        "503, , KEY_SERVICE_UNAVAILABLE",
    })
    void wrap_thatTheServiceRefuses_saysWhatToDo(int status, String type, SecretError expected) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = (type == null ? "<html>" : "{\"__type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (MasterKeys keys = keys("http://127.0.0.1:" + server.getAddress().getPort(), "alias/x")) {
            fails(expected, () -> keys.wrap(new byte[32], "c"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void wrap_withNobodyThere_isUnavailable() {
        fails(
                SecretError.KEY_SERVICE_UNAVAILABLE,
                () -> keys("http://127.0.0.1:1", "x").wrap(new byte[32], "c"));
        assertThatThrownBy(() -> keys("http://example.com", "x")).hasMessageContaining("'endpoint'");
    }

    /** Against moto, which keeps keys and encrypts as KMS does. */
    @Test
    @Tag("clients")
    void vault_underAKeyOfAServer_opensWhatItSealedAndRotates() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process moto = new ProcessBuilder(motoServer(), "-H", "127.0.0.1", "-p", "" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String endpoint = "http://127.0.0.1:" + port;
            String first = createKey(endpoint);
            String second = createKey(endpoint);
            TenantId acme = TenantId.of("acme");
            InMemoryStateStore store = new InMemoryStateStore(Clock.systemUTC());
            SecretVault vault = new TinkVaultProvider().open(store, keys(endpoint, first), Clock.systemUTC());
            SecretReference reference = vault.seal(acme, "a", Secret.of("canary"), Optional.empty());
            SecretVault later = new TinkVaultProvider().open(store, keys(endpoint, second), Clock.systemUTC());
            assertThat(later.open(reference).reveal()).isEqualTo("canary");
            assertThat(later.rewrap(acme)).isEqualTo(1);
            assertThat(later.list(acme).get(0).masterKey()).isEqualTo(second);
            assertThat(new TinkVaultProvider()
                            .open(store, keys(endpoint, second), Clock.systemUTC())
                            .open(reference)
                            .reveal())
                    .isEqualTo("canary");
            MasterKeys keys = keys(endpoint, first);
            MasterKeys.Wrapped wrapped = keys.wrap(new byte[32], "for acme");
            assertThat(keys.unwrap(wrapped, "for acme")).isEqualTo(new byte[32]);
            fails(SecretError.MASTER_KEY_WRONG, () -> keys.unwrap(wrapped, "for bolt"));
            fails(
                    SecretError.MASTER_KEY_UNKNOWN,
                    () -> keys(endpoint, "alias/none").wrap(new byte[32], "c"));
        } finally {
            moto.destroy();
            moto.waitFor();
        }
    }

    private static String motoServer() throws Exception {
        Path home = Path.of("target/moto").toAbsolutePath();
        Path program = home.resolve("bin/moto_server");
        if (!Files.exists(program)) {
            run("python3", "-m", "venv", home.toString());
            run(home.resolve("bin/pip").toString(), "install", "-q", "moto[server,kms]==5.2.5");
        }
        return program.toString();
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** Waits until the server answers. */
    private static String createKey(String endpoint) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
                .header("X-Amz-Target", "TrentService.CreateKey")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=x/20260101/eu-central-1/kms/aws4_request, SignedHeaders=host,"
                                + " Signature=x")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        for (int i = 0; ; i++) {
            try {
                String body = HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
                return body.replaceAll("(?s).*\"KeyId\": ?\"([^\"]+)\".*", "$1");
            } catch (IOException e) {
                assertThat(i).as("tries to reach moto").isLessThan(300);
                Thread.sleep(100);
            }
        }
    }
}
