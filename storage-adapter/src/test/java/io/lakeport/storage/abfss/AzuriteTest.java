package io.lakeport.storage.abfss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Exchanges;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.testkit.contract.ObjectStoreContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs node, npm and its registry; runs in the profile 'clients'. */
@Tag("azurite")
class AzuriteTest implements ObjectStoreContract {
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static LocalAzurite server;
    private static int tests;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new LocalAzurite(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void next() {
        tests++;
    }

    @Override
    public ObjectStore store() {
        return server.store(
                "/tenant-" + tests + "/a%20b/",
                Map.of("part_size", String.valueOf(partSize())),
                LocalAzurite.key(),
                Guard.NONE);
    }

    @Override
    public ObjectStore surroundings() {
        return server.store("/tenant-" + tests + "/", LocalAzurite.key(), Guard.NONE);
    }

    /** Smaller than the default, because the emulator is slow. */
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

    @Test
    void sharedAccessSignature_thatIsGood_readsWritesListsAndDeletes() throws Exception {
        Map<String, Secret> sas = LocalAzurite.sas("rwdl", Instant.now().plus(Duration.ofHours(1)));
        try (ObjectStore store = server.store("/sas/", Map.of("part_size", "1048576"), sas, Guard.NONE)) {
            put(store, CreateMode.REPLACE, 3 << 20);
            assertThat(store.list("")).hasSize(1);
            assertThat(store.stat(KEY)).isPresent();
            store.delete(KEY);
            assertThat(store.list("")).isEmpty();
        }
    }

    @Test
    void credentials_thatAreWrong_areSaidToBe() throws Exception {
        String other = LocalAzurite.KEY.replace("Eby8", "AAAA");
        try (ObjectStore store = server.store("/x/", Map.of("account_key", Secret.of(other)), Guard.NONE)) {
            assertThatThrownBy(() -> put(store, CreateMode.REPLACE, 5))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.PERMISSION_DENIED))
                    .hasMessageContaining("account_key of 'devstoreaccount1'");
        }
        Map<String, Secret> narrow = LocalAzurite.sas("wl", Instant.now().plus(Duration.ofHours(1)));
        String text = narrow.get("sas_token").reveal().replace("sp=wl", "sp=rwdl");
        try (ObjectStore store = server.store("/x/", Map.of("sas_token", Secret.of(text)), Guard.NONE)) {
            assertThatThrownBy(() -> put(store, CreateMode.REPLACE, 5))
                    .hasMessageContaining("shared access signature, which ends at")
                    .message()
                    .doesNotContain("sig=");
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
    void commit_whoseAnswerIsLost_isFoundToBeOurs() throws IOException {
        for (int size : new int[] {10, 3 << 20}) {
            for (boolean again : new boolean[] {false, true}) {
                Guard guard = losing(size == 10 ? "abfss.put" : "abfss.commit", again);
                String path = "/lost-" + size + again + "/";
                try (ObjectStore store =
                        server.store(path, Map.of("part_size", "1048576"), LocalAzurite.key(), guard)) {
                    put(store, CreateMode.FAIL_IF_EXISTS, size);
                    assertThatThrownBy(() -> put(store, CreateMode.FAIL_IF_EXISTS, size))
                            .isInstanceOfSatisfying(
                                    LakeportException.class,
                                    e -> assertThat(e.is(CoreError.OBJECT_EXISTS))
                                            .as(e.toString())
                                            .isTrue());
                    put(store, CreateMode.REPLACE, size);
                }
            }
        }
    }
}
