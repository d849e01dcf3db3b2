package io.lakeport.storage.abfss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.storage.Patient;
import io.lakeport.storage.StorageError;
import io.lakeport.testkit.network.FaultyRoad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults of the protocol, played before a stand-in of it; what is true of Azure itself, {@link AzuriteTest} says. */
class AbfssFaultTest {
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static final int BIG = (3 << 20) + 5;
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final String SAS = "sv=2021-12-02&sr=c&sp=racwdl&se=2026-05-01T13%3A00%3A00Z&sig=c2VjcmV0";

    private final Patient guard = new Patient();
    private BlobStandIn server;
    private FaultyRoad road;

    @BeforeEach
    void start() throws IOException {
        server = new BlobStandIn();
        road = new FaultyRoad(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        road.close();
        server.close();
    }

    private ObjectStore store(Map<String, String> more, String secret, String value) {
        Map<String, String> properties =
                new HashMap<>(Map.of("endpoint", road.endpoint() + "/account", "part_size", "1048576"));
        properties.putAll(more);
        return new AbfssObjectStoreProvider(Clock.fixed(NOW, ZoneOffset.UTC))
                .open(new ObjectStoreContext(
                        URI.create("abfss://c@account.dfs.core.windows.net/p/"),
                        properties,
                        Map.of(secret, Secret.of(value)),
                        TenantId.of("acme"),
                        UserAgentEntry.parse("Acme_Test/1.2"),
                        guard));
    }

    private ObjectStore store() {
        return store(Map.of(), "sas_token", SAS);
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static ObjectInfo put(ObjectStore store, CreateMode mode, int size) throws IOException {
        try (ObjectSink sink = store.create(KEY, mode)) {
            sink.write(ByteBuffer.wrap(content(size)));
            return sink.commit();
        }
    }

    private static byte[] read(ReadableByteChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(50_000);
        while (channel.read(block) >= 0) {
            all.write(block.array(), 0, block.position());
            block.clear();
        }
        return all.toByteArray();
    }

    private static void fails(ErrorCodeSupplier code, ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(LakeportException.class, e -> {
                    assertThat(e.is(code)).as(e.toString()).isTrue();
                    for (Throwable at = e; at != null; at = at.getCause()) {
                        assertThat(String.valueOf(at)).doesNotContain("c2VjcmV0");
                    }
                })
                .message()
                .contains(parts);
    }

    @Test
    void write_throughFaults_isWholeAndOnce() throws IOException {
        road.next("^PUT .*comp=block&", FaultyRoad.answer(503, "x-ms-error-code: ServerBusy\r\n", ""));
        road.next("^PUT .*comp=block&", FaultyRoad.answer(429, "Retry-After: 3\r\n", ""));
        road.next("^PUT .*comp=block&", FaultyRoad.losingTheAnswer());
        road.next("^PUT .*comp=block&", FaultyRoad.reset());
        road.next("^PUT .*comp=blocklist", FaultyRoad.answer(500, "", ""));
        try (ObjectStore store = store()) {
            put(store, CreateMode.FAIL_IF_EXISTS, BIG);
            try (ReadableByteChannel channel = store.read(KEY)) {
                assertThat(read(channel)).isEqualTo(content(BIG));
            }
        }
        assertThat(guard.failures)
                // One for each accident, and now and then one more, when a request takes the connection that was reset.
                .hasSizeBetween(5, 6)
                .anySatisfy(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(3)));
        assertThat(server.agents).allMatch(agent -> agent.startsWith("Acme_Test/1.2 Lakeport/"));
    }

    @Test
    void commit_whoseAnswerIsLost_isFoundToBeOurs_andASecondIsRefused() throws IOException {
        for (int size : new int[] {10, BIG}) {
            road.next(size == 10 ? "^PUT /account/c/p/k\\?s" : "^PUT .*comp=blocklist", FaultyRoad.losingTheAnswer());
            try (ObjectStore store = store()) {
                put(store, CreateMode.FAIL_IF_EXISTS, size);
                fails(CoreError.OBJECT_EXISTS, () -> put(store, CreateMode.FAIL_IF_EXISTS, size), "p/k");
                store.delete(KEY);
                store.delete(KEY);
            }
        }
    }

    @Test
    void writersOfOneObject_doNotMix_andTheLaterSaysThatItLost() throws IOException {
        try (ObjectStore store = store()) {
            for (CreateMode mode : CreateMode.values()) {
                store.delete(KEY);
                ObjectSink one = store.create(KEY, mode);
                ObjectSink two = store.create(KEY, mode);
                one.write(ByteBuffer.wrap(content(BIG)));
                two.write(ByteBuffer.wrap(content(BIG + 1)));
                one.commit();
                ErrorCodeSupplier lost =
                        mode == CreateMode.REPLACE ? StorageError.WRITE_OVERTAKEN : CoreError.OBJECT_EXISTS;
                fails(lost, two::commit, "k");
                assertThat(server.blobs.get("p/k").content()).isEqualTo(content(BIG));
            }
        }
    }

    @Test
    void read_cutAndThenReplaced_resumesOrSaysSo() throws IOException {
        int size = 6 << 20;
        try (ObjectStore store = store()) {
            put(store, CreateMode.REPLACE, size);
            road.next("^GET ", FaultyRoad.cutAfter(1 << 20));
            try (ReadableByteChannel channel = store.read(KEY)) {
                assertThat(read(channel)).isEqualTo(content(size));
            }
            try (ReadableByteChannel channel = store.read(KEY)) {
                channel.read(ByteBuffer.allocate(10));
                put(store, CreateMode.REPLACE, size);
                fails(StorageError.OBJECT_CHANGED, () -> read(channel), "replaced while it was read");
            }
        }
    }

    @Test
    void list_overPages_leavesFoldersOut() throws IOException {
        try (ObjectStore store = store()) {
            for (String key : List.of("a", "b&c/d", "e", "f", "g")) {
                try (ObjectSink sink = store.create(ObjectKey.of(key), CreateMode.REPLACE)) {
                    sink.commit();
                }
            }
            assertThat(store.list(""))
                    .extracting(info -> info.key().value())
                    .containsExactly("a", "b&c/d", "e", "f", "g");
        }
    }

    @Test
    @Tag("DK-35")
    void signature_thatIsOfNoUse_isRefusedByNameBeforeTheFirstByte() {
        Map<String, String> bad = Map.of(
                SAS.replace("13%3A00", "11%3A30"),
                "ended at 2026-05-01T11:30:00Z (se), it is 2026-05-01T12:00:00Z",
                SAS.replace("2026-05-01T13%3A00%3A00Z", "2026-05-01"),
                "ended at 2026-05-01T00:00:00Z",
                SAS + "&st=2026-05-01T12%3A30Z",
                "begins at 2026-05-01T12:30:00Z (st)",
                SAS.replace("racwdl", "rl"),
                "lacks the permission w (write), it has sp=rl");
        bad.forEach((token, why) -> {
            try (ObjectStore store = store(Map.of(), "sas_token", token)) {
                fails(CoreError.TARGET_NOT_WRITABLE, () -> store.create(KEY, CreateMode.REPLACE), why);
            }
        });
        try (ObjectStore store = store(Map.of(), "sas_token", "?" + SAS.replace("racwdl", "w"))) {
            fails(CoreError.TARGET_NOT_WRITABLE, () -> store.list(""), "l (list)");
            fails(CoreError.TARGET_NOT_WRITABLE, () -> store.delete(KEY), "d (delete)");
        }
        assertThat(road.heads()).isEmpty();
        fails(CoreError.INVALID_CONFIGURATION, () -> store(Map.of(), "sas_token", "c2VjcmV0"), "sv=...&se=...");
    }

    @Test
    void signature_thatTheAccountRefuses_isSaidToBe() {
        road.next("^PUT", FaultyRoad.answer(403, "x-ms-error-code: AuthenticationFailed\r\n", ""));
        road.next("^PUT", FaultyRoad.answer(403, "x-ms-error-code: AuthorizationFailure\r\n", ""));
        road.next("^PUT", FaultyRoad.answer(404, "x-ms-error-code: ContainerNotFound\r\n", ""));
        road.next("^PUT", FaultyRoad.answer(412, "x-ms-error-code: LeaseIdMissing\r\n", ""));
        try (ObjectStore store = store()) {
            fails(CoreError.ACCESS_DENIED, () -> put(store, CreateMode.REPLACE, 5), "ends at 2026-05-01T13:00:00Z");
            fails(CoreError.TARGET_NOT_WRITABLE, () -> put(store, CreateMode.REPLACE, 5), "firewall");
            fails(CoreError.OBJECT_NOT_FOUND, () -> put(store, CreateMode.REPLACE, 5), "container 'c'", "create it");
            fails(CoreError.TARGET_NOT_WRITABLE, () -> put(store, CreateMode.REPLACE, 5), "lease");
        }
    }

    private Map<String, String> principal() {
        return Map.of("tenant_id", "directory", "client_id", "app 1", "authority", road.endpoint());
    }

    @Test
    void servicePrincipal_fetchesOneTokenForAllRequests() throws IOException {
        try (ObjectStore store = store(principal(), "client_secret", "right")) {
            put(store, CreateMode.REPLACE, BIG);
            assertThat(store.list("")).hasSize(1);
        }
        assertThat(server.tokenRequests)
                .containsExactly("/directory/oauth2/v2.0/token grant_type=client_credentials"
                        + "&client_id=app%201&client_secret=right&scope=https%3A%2F%2Fstorage.azure.com%2F.default");
    }

    @Test
    void servicePrincipal_thatIsRefused_saysWhichSettingIsWrong() {
        try (ObjectStore store = store(principal(), "client_secret", "wrong")) {
            fails(CoreError.WRONG_SECRET, () -> store.list(""), "AADSTS7000215", "client_secret", "app 1");
        }
        try (ObjectStore store = store(principal(), "client_secret", "right")) {
            road.next("^GET", FaultyRoad.answer(403, "x-ms-error-code: AuthorizationPermissionMismatch\r\n", ""));
            fails(CoreError.ACCESS_DENIED, () -> store.list(""), "Storage Blob Data Contributor");
        }
    }

    @Test
    void open_withWrongSettings_isRefusedByName() {
        fails(CoreError.INVALID_CONFIGURATION, () -> store(Map.of("enpoint", "x"), "sas_token", SAS), "'endpoint'?");
        fails(CoreError.INVALID_CONFIGURATION, () -> store(Map.of(), "client_secret", "x"), "client_id");
        fails(
                CoreError.INVALID_CONFIGURATION,
                () -> store(Map.of("endpoint", "http://blob.example.com"), "sas_token", SAS),
                "only on this machine");
        for (String root : List.of(
                "abfss://account.dfs.core.windows.net/p/",
                "abfss://c@account.dfs.core.windows.net/p/../q/",
                "abfss://c@account.dfs.core.windows.net/p%2F..%2Fq/",
                "abfss://c@account.dfs.core.windows.net//p/")) {
            fails(
                    CoreError.INVALID_CONFIGURATION,
                    () -> new AbfssObjectStoreProvider()
                            .open(new ObjectStoreContext(
                                    URI.create(root),
                                    Map.of(),
                                    Map.of("sas_token", Secret.of(SAS)),
                                    TenantId.of("acme"),
                                    UserAgentEntry.parse("Acme_Test/1.2"),
                                    guard)),
                    root);
        }
    }
}
