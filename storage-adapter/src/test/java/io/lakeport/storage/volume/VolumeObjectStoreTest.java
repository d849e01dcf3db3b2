package io.lakeport.storage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Exchanges;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import io.lakeport.testkit.contract.ObjectStoreContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VolumeObjectStoreTest implements ObjectStoreContract {
    private static final String VOLUME = "volume:/Volumes/main/default/exports/";
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static TestWorkspace workspace;
    private static int tests;

    @BeforeAll
    static void start() {
        workspace = new TestWorkspace(Map.of());
        workspace.sql("CREATE VOLUME main.default.exports");
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @BeforeEach
    void next() {
        tests++;
    }

    private static ObjectStore store(String root, Map<String, String> properties, Guard guard) {
        return new VolumeObjectStoreProvider().open(workspace.context(root, properties, guard));
    }

    @Override
    public ObjectStore store() {
        return store(VOLUME + "tenant-" + tests + "/a%20b/", Map.of("upload_memory", "1048576"), Guard.NONE);
    }

    @Override
    public ObjectStore surroundings() {
        return store(VOLUME + "tenant-" + tests + "/", Map.of(), Guard.NONE);
    }

    @Override
    public int partSize() {
        return 1 << 20;
    }

    @Override
    public boolean tellsOfUnfinished() {
        return false;
    }

    private static void put(ObjectStore store, CreateMode mode, int size) throws IOException {
        try (ObjectSink sink = store.create(KEY, mode)) {
            sink.write(ByteBuffer.wrap(new byte[size]));
            assertThat(sink.commit().bytes()).isEqualTo(size);
        }
    }

    /** Lets the named request happen and loses its answer, for good or until it is sent again. */
    private static Guard losing(String name, boolean again) {
        return new Guard() {
            @Override
            public <T> T call(GuardedCall call, Callable<T> exchange) {
                T answer = Exchanges.run(exchange);
                if (!call.name().equals(name)) {
                    return answer;
                }
                if (again) {
                    return Exchanges.run(exchange);
                }
                throw new LakeportException(CoreError.SERVICE_UNAVAILABLE, "the answer was lost");
            }
        };
    }

    @Test
    void commit_whoseAnswerIsLost_isFoundToBeOursByItsContent() throws IOException {
        for (boolean again : new boolean[] {false, true}) {
            try (ObjectStore store = store(VOLUME + "lost-" + again + "/", Map.of(), losing("volume.put", again))) {
                put(store, CreateMode.FAIL_IF_EXISTS, 5_000_000);
                assertThat(store.stat(KEY)).isPresent();
                assertThatThrownBy(() -> put(store, CreateMode.FAIL_IF_EXISTS, 4_999_999))
                        .isInstanceOfSatisfying(
                                LakeportException.class,
                                e -> assertThat(e.is(CoreError.OBJECT_EXISTS)).isTrue());
            }
        }
    }

    @Test
    void requests_carryTheTenantsTokenAndAgent_andAnotherTokenOnceTheirsIsRefused() throws IOException {
        List<AccessToken> rejected = new ArrayList<>();
        TokenSource revoked = new TokenSource() {
            private AccessToken current = TestWorkspace.token(Secret.of("dapi-revoked"));

            @Override
            public AccessToken token(Deadline deadline) {
                return current;
            }

            @Override
            public void reject(AccessToken refused) {
                rejected.add(refused);
                current = TestWorkspace.token(workspace.token());
            }
        };
        try (ObjectStore store = new VolumeObjectStoreProvider()
                .open(workspace.context(VOLUME + "token/", Map.of(), Guard.NONE, revoked))) {
            put(store, CreateMode.REPLACE, 3);
            assertThat(store.list("")).hasSize(1);
        }
        assertThat(rejected).hasSize(1);
        TokenSource wrong = deadline -> TestWorkspace.token(Secret.of("dapi-wrong"));
        try (ObjectStore store = new VolumeObjectStoreProvider()
                .open(workspace.context(VOLUME + "token/", Map.of(), Guard.NONE, wrong))) {
            assertThatThrownBy(() -> store.list(""))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.TOKEN_REJECTED)).isTrue())
                    .message()
                    .doesNotContain("dapi-wrong");
        }
    }

    @Test
    void volume_thatIsNotThere_isNamed() {
        try (ObjectStore store = store("volume:///Volumes/main/default/none/x/", Map.of(), Guard.NONE)) {
            assertThatThrownBy(() -> put(store, CreateMode.REPLACE, 3))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("main.default.none");
            assertThat(store.list("")).isEmpty();
        }
    }

    @Test
    void root_thatIsNoVolume_isRefused() {
        for (String root : List.of(
                "volume:/Volumes/main/default/",
                "volume:/Volumes/main/default/exports/../secret/",
                "volume:/Volumes/main/default/exports/%2e%2e/secret/",
                "volume://host/Volumes/main/default/exports/",
                "volume:/tmp/x/y/z/",
                "volume:Volumes/main/default/exports/")) {
            assertThatThrownBy(() -> store(root, Map.of(), Guard.NONE))
                    .as(root)
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.INVALID_CONFIGURATION))
                                    .isTrue());
        }
    }

    @Test
    void object_ofMoreThanFiveGibibytes_isRefusedWithTheLimit() {
        VolumeUpload upload = new VolumeUpload(
                new VolumeClient(
                        VolumePlace.of(java.net.URI.create(VOLUME)),
                        io.lakeport.storage.rest.WorkspaceRest.of(
                                workspace.context(VOLUME, Map.of(), Guard.NONE), "volumes")),
                KEY,
                CreateMode.REPLACE);
        assertThat(upload.partSize(1)).isEqualTo(5L << 30);
        assertThatThrownBy(() -> upload.complete(2)).hasMessageContaining("at most 5 GiB");
    }
}
