package io.lakeport.testkit.contract;

import static io.lakeport.testkit.contract.ContractObjects.bytes;
import static io.lakeport.testkit.contract.ContractObjects.put;
import static io.lakeport.testkit.contract.ContractObjects.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What an {@link ObjectStore} promises of names: every key is kept as it is, found again, and stays below the root. Part of
 * {@link ObjectStoreContract}.
 */
public interface ObjectKeysContract extends StoreUnderTest {
    /** Names that a careless store would decode, cut or join. */
    List<String> ODD = List.of(
            "a b",
            "ü/é=ñ",
            "e\u0301 is not é",
            "日本語/🦆",
            "100%",
            "%41",
            "a+b&c",
            "x=y%2Fz/p",
            "'q'",
            "#1?",
            "a;b:c|d",
            "~(x)[y]{z}!*@$,^`",
            "<&>",
            " leading and trailing ",
            "d=2024-01-01 00%3A00%3A00/part.parquet");

    /** Keys that would leave the root if anything on the way decoded, normalised or joined them once too often. */
    List<String> ESCAPES = List.of(
            "%2e%2e/out",
            "%2E%2E%2Fout",
            "..%2fout",
            "a/%2e%2e/%2e%2e/out",
            "%252e%252e/out",
            "．．/out",
            "\u2025/out",
            "..\u2044out",
            ".../out",
            "..;/out",
            "%5c..%5cout",
            "%00/out");

    @Test
    default void keys_ofOddCharacters_areKept() {
        try (ObjectStore store = store()) {
            for (String name : ODD) {
                put(store, ObjectKey.of("odd/" + name), name.getBytes(StandardCharsets.UTF_8), CreateMode.REPLACE);
            }
            for (ObjectInfo info : store.list("odd/")) {
                assertThat(new String(read(store, info.key()), StandardCharsets.UTF_8))
                        .isEqualTo(info.key().value().substring("odd/".length()));
            }
            assertThat(store.list("odd/")).hasSize(ODD.size());
        }
    }

    @Test
    default void list_byPrefix_isOrderedAndWhole() {
        try (ObjectStore store = store()) {
            for (String key : List.of("b/2", "a", "b/10", "bc", "b/1/x")) {
                put(store, ObjectKey.of(key), bytes(1), CreateMode.REPLACE);
            }
            assertThat(store.list(""))
                    .extracting(info -> info.key().value())
                    .containsExactly("a", "b/1/x", "b/10", "b/2", "bc");
            assertThat(store.list("b/")).hasSize(3);
            assertThat(store.list("nothing")).isEmpty();
        }
    }

    @Test
    default void delete_presentOrAbsent_leavesNone() {
        try (ObjectStore store = store()) {
            ObjectKey key = ObjectKey.of("d/e");
            put(store, key, bytes(1), CreateMode.REPLACE);
            store.delete(key);
            store.delete(key);
            assertThat(store.list("")).isEmpty();
            assertThatThrownBy(() -> store.read(key).close())
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.OBJECT_NOT_FOUND)).isTrue());
        }
    }

    @Test
    default void keys_thatLookLikeWaysOut_stayBelowTheRoot() {
        try (ObjectStore store = store();
                ObjectStore around = surroundings()) {
            ESCAPES.forEach(key -> put(store, ObjectKey.of(key), bytes(5), CreateMode.REPLACE));

            String folder = store.root().substring(around.root().length());
            assertThat(store.list(""))
                    .extracting(info -> info.key().value())
                    .containsExactlyInAnyOrderElementsOf(ESCAPES);
            assertThat(around.list(""))
                    .hasSameSizeAs(ESCAPES)
                    .allSatisfy(info -> assertThat(info.key().value())
                            .startsWith(URI.create(folder.replaceAll("^/+", "")).getPath()));
            ESCAPES.forEach(key -> store.delete(ObjectKey.of(key)));
            assertThat(around.list("")).isEmpty();
        }
    }

    @Test
    default void list_ofMoreThanAPage_isWhole() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ObjectStore store = store()) {
            List<String> keys = IntStream.range(0, 1_003)
                    .mapToObj(i -> "many/%04d".formatted(i))
                    .toList();
            List<Callable<ObjectInfo>> puts = new ArrayList<>();
            keys.forEach(key -> puts.add(() -> put(store, ObjectKey.of(key), bytes(1), CreateMode.REPLACE)));
            for (Future<ObjectInfo> put : threads.invokeAll(puts)) {
                put.get();
            }
            assertThat(store.list("many/"))
                    .extracting(info -> info.key().value())
                    .containsExactlyElementsOf(keys);
        } finally {
            threads.shutdownNow();
        }
    }
}
