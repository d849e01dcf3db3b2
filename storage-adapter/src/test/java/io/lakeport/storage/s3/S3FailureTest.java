package io.lakeport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Exchanges;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.StorageError;
import io.lakeport.testwatch.LeavesThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@LeavesThreads(value = "Keep-Alive-Timer", because = "the JDK's HTTP client keeps it until its idle connections ended")
class S3FailureTest {
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static LocalS3 server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new LocalS3(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectInfo put(ObjectStore store, CreateMode mode, int size) throws IOException {
        try (ObjectSink sink = store.create(KEY, mode)) {
            sink.write(ByteBuffer.wrap(new byte[size]));
            return sink.commit();
        }
    }

    private static void fails(ErrorCodeSupplier code, ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(code)).as(e.toString()).isTrue())
                .message()
                .satisfies(message ->
                        assertThat(parts).allSatisfy(part -> assertThat(message).contains(part)))
                .doesNotContain(LocalS3.SECRET_KEY);
    }

    private static ObjectStore store(String root, Map<String, String> more, Guard guard) {
        return server.store(root, more, LocalS3.SECRET_KEY, guard);
    }

    /** The test server hangs up now and then under load; a production guard sends such a request once more. */
    private static <T> T patiently(Callable<T> exchange) {
        try {
            return Exchanges.run(exchange);
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.UNAVAILABLE) {
                return Exchanges.run(exchange);
            }
            throw e;
        }
    }

    /** Lets the named request happen and loses its answer, for good. */
    private static Guard losing(String name) {
        return new Guard() {
            @Override
            public <T> T call(GuardedCall call, Callable<T> exchange) {
                T answer = patiently(exchange);
                if (call.name().equals(name)) {
                    throw new LakeportException(CoreError.SERVICE_UNAVAILABLE, "the answer was lost");
                }
                return answer;
            }
        };
    }

    /** Sends the named request twice, as a guard does whose first try got no answer. */
    private static Guard repeating(String name) {
        return new Guard() {
            @Override
            public <T> T call(GuardedCall call, Callable<T> exchange) {
                if (call.name().equals(name)) {
                    patiently(exchange);
                }
                return patiently(exchange);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 9_000_000})
    void commit_whoseAnswerIsLost_isFoundToBeOurs(int size) throws IOException {
        String name = size > 10 ? "s3.complete" : "s3.put";
        for (Guard guard : List.of(losing(name), repeating(name))) {
            try (ObjectStore store = store("s3://" + LocalS3.BUCKET + "/lost" + size + "/", Map.of(), guard)) {
                assertThat(put(store, CreateMode.FAIL_IF_EXISTS, size).bytes()).isEqualTo(size);
                fails(CoreError.OBJECT_EXISTS, () -> put(store, CreateMode.FAIL_IF_EXISTS, size));
                store.delete(KEY);
            }
        }
    }

    @Test
    void commit_toServerThatNeverAnswers_isOutcomeUnknown() throws Exception {
        String endpoint;
        try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            new Thread(() -> closeEach(deaf)).start();
            endpoint = "http://127.0.0.1:" + deaf.getLocalPort();
            try (ObjectStore store = store("s3://b/", Map.of("endpoint", endpoint), Guard.NONE)) {
                fails(StorageError.WRITE_OUTCOME_UNKNOWN, () -> put(store, CreateMode.REPLACE, 5), "before writing it");
            }
        }
        try (ObjectStore store = store("s3://b/", Map.of("endpoint", endpoint), Guard.NONE)) {
            fails(CoreError.HOST_UNREACHABLE, () -> put(store, CreateMode.REPLACE, 5), endpoint);
        }
    }

    private static void closeEach(ServerSocket deaf) {
        while (!deaf.isClosed()) {
            try {
                deaf.accept().close();
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void request_thatIsRefused_saysWhy() throws IOException {
        try (ObjectStore store = server.store("s3://exports/", Map.of(), "a wrong secret", Guard.NONE)) {
            fails(CoreError.ACCESS_DENIED, () -> put(store, CreateMode.REPLACE, 5), "secret_access_key", "AKIDLOCAL");
            fails(CoreError.ACCESS_DENIED, () -> store.list(""));
        }
        try (ObjectStore store = store("s3://exports/", Map.of("access_key_id", "NOBODY"), Guard.NONE)) {
            fails(CoreError.ACCESS_DENIED, () -> store.list(""), "NOBODY");
        }
        try (ObjectStore store = store("s3://no-such-bucket/", Map.of(), Guard.NONE)) {
            fails(CoreError.OBJECT_NOT_FOUND, () -> put(store, CreateMode.REPLACE, 5), "no-such-bucket", "create it");
            fails(CoreError.OBJECT_NOT_FOUND, () -> put(store, CreateMode.REPLACE, 9_000_000), "no-such-bucket");
        }
    }

    @Test
    void open_withWrongSettings_isRefusedByName() {
        open(Map.of("regoin", "x"), "no option 'regoin'", "did you mean 'region'?");
        open(Map.of("endpoint", "http://s3.example.com"), "https", "only on this machine");
        open(Map.of("endpoint", "https://user:pw@s3.example.com"), "expected https://host");
        open(Map.of("path_style", "yes"), "expected true or false");
    }

    private static void open(Map<String, String> more, String... parts) {
        fails(CoreError.INVALID_CONFIGURATION, () -> store("s3://b/", more, Guard.NONE), parts);
    }

    @Test
    @Tag("AK-13")
    void store_ofOnePrefix_seesNothingOfAnother() throws IOException {
        try (ObjectStore one = server.store("s3://exports/tenant1/");
                ObjectStore two = server.store("s3://exports/tenant12/")) {
            put(two, CreateMode.REPLACE, 3);
            assertThat(one.list("")).isEmpty();
            assertThat(one.list("2/")).isEmpty();
            assertThat(one.stat(KEY)).isEmpty();
            one.delete(KEY);
            assertThat(two.list("")).hasSize(1);
        }
    }

    @Test
    @Tag("AK-26")
    void request_ofAnyKind_carriesTheAgentAndNoSecondTry() throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("User-Agent"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        http.start();
        String endpoint = "http://127.0.0.1:" + http.getAddress().getPort();
        try (ObjectStore store = store("s3://b/", Map.of("endpoint", endpoint), Guard.NONE)) {
            assertThatThrownBy(() -> store.list("")).isInstanceOf(LakeportException.class);
            assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(LakeportException.class);
            assertThatThrownBy(() -> store.stat(KEY)).isInstanceOf(LakeportException.class);
            assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(LakeportException.class);
            assertThatThrownBy(() -> put(store, CreateMode.REPLACE, 9_000_000)).isInstanceOf(LakeportException.class);
            assertThat(requests).hasSize(5).allMatch(line -> line.contains(" Acme_Test/1.2 Lakeport/"));
        } finally {
            http.stop(0);
        }
    }

    @Test
    void open_underForeignSettingsOfTheSdk_ignoresThem() throws IOException {
        Map<String, String> foreign = Map.of(
                "aws.accessKeyId", "FOREIGN",
                "aws.secretAccessKey", "foreign",
                "aws.region", "mars-north-1",
                "aws.endpointUrl", "http://127.0.0.1:1",
                "aws.sharedCredentialsFile", "/nonexistent/credentials",
                "aws.configFile", "/nonexistent/config");
        foreign.forEach(System::setProperty);
        try (ObjectStore store = server.store("s3://exports/foreign/")) {
            put(store, CreateMode.REPLACE, 3);
            assertThat(store.stat(KEY)).isPresent();
        } finally {
            foreign.keySet().forEach(System::clearProperty);
        }
    }
}
