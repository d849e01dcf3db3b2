package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ObjectStore} promises. An adapter's test implements this interface and gives a store with an empty
 * root for each test.
 */
public interface ObjectStoreContract {
    /** Returns a store whose root is empty; called once or more in a test, each time for the same root. */
    ObjectStore store();

    /** Returns how many uploads were begun and neither committed nor given up; 0 where the store has no such thing. */
    default int unfinishedUploads() {
        return 0;
    }

    @Test
    default void commit_makesTheObjectVisibleWhole() {
        byte[] content = bytes(100_000);
        try (ObjectStore store = store()) {
            ObjectKey key = ObjectKey.of("a/b.bin");
            ObjectSink sink = store.create(key, CreateMode.REPLACE);
            write(sink, content);
            assertThat(store.stat(key)).isEmpty();
            assertThat(store.list("")).isEmpty();

            ObjectInfo info = sink.commit();

            assertThat(info).isEqualTo(new ObjectInfo(key, content.length, sha256(content)));
            assertThat(store.stat(key))
                    .hasValueSatisfying(found -> assertThat(found.bytes()).isEqualTo(content.length));
            assertThat(read(store, key)).isEqualTo(content);
            assertThat(unfinishedUploads()).isZero();
        }
    }

    @Test
    default void close_withoutCommit_leavesNothing() {
        try (ObjectStore store = store()) {
            for (int size : new int[] {0, 10, 20 << 20}) {
                try (ObjectSink sink = store.create(ObjectKey.of("gone"), CreateMode.REPLACE)) {
                    write(sink, bytes(size));
                }
            }
            assertThat(store.list("")).isEmpty();
            assertThat(unfinishedUploads()).isZero();
        }
    }

    @Test
    default void commit_largeAndEmptyObjects_areWhole() {
        try (ObjectStore store = store()) {
            for (int size : new int[] {0, 1, (8 << 20) - 1, 8 << 20, (20 << 20) + 7}) {
                byte[] content = bytes(size);
                ObjectKey key = ObjectKey.of("size-" + size);
                assertThat(put(store, key, content, CreateMode.FAIL_IF_EXISTS).sha256())
                        .isEqualTo(sha256(content));
                assertThat(sha256(read(store, key))).isEqualTo(sha256(content));
            }
        }
    }

    @Test
    default void replace_existing_takesTheNewContent() {
        try (ObjectStore store = store()) {
            ObjectKey key = ObjectKey.of("x");
            put(store, key, bytes(10), CreateMode.REPLACE);
            put(store, key, bytes(7), CreateMode.REPLACE);
            assertThat(read(store, key)).isEqualTo(bytes(7));
        }
    }

    @Test
    default void failIfExists_existing_isRefusedAndStays() {
        try (ObjectStore store = store()) {
            for (int size : new int[] {10, 20 << 20}) {
                ObjectKey key = ObjectKey.of("once-" + size);
                put(store, key, bytes(3), CreateMode.FAIL_IF_EXISTS);
                assertThatThrownBy(() -> put(store, key, bytes(size), CreateMode.FAIL_IF_EXISTS))
                        .isInstanceOfSatisfying(
                                LakeportException.class,
                                e -> assertThat(e.is(CoreError.OBJECT_EXISTS)).isTrue());
                assertThat(read(store, key)).isEqualTo(bytes(3));
            }
            assertThat(unfinishedUploads()).isZero();
        }
    }

    @Test
    default void failIfExists_manyAtOnce_exactlyOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (ObjectStore store = store()) {
            for (int round = 0; round < 5; round++) {
                ObjectKey key = ObjectKey.of("race/" + round);
                List<Callable<Boolean>> racers = new ArrayList<>();
                for (int racer = 0; racer < 8; racer++) {
                    byte[] content = bytes(racer + 1);
                    racers.add(() -> tryPut(store, key, content));
                }
                int winners = 0;
                for (Future<Boolean> result : threads.invokeAll(racers)) {
                    winners += result.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void keys_ofOddCharacters_areKept() {
        try (ObjectStore store = store()) {
            for (String name : List.of("a b", "ü/é=ñ", "100%", "a+b&c", "x=y%2Fz/p", "'q'", "#1?")) {
                put(store, ObjectKey.of("odd/" + name), name.getBytes(StandardCharsets.UTF_8), CreateMode.REPLACE);
            }
            for (ObjectInfo info : store.list("odd/")) {
                assertThat(new String(read(store, info.key()), StandardCharsets.UTF_8))
                        .isEqualTo(info.key().value().substring("odd/".length()));
            }
            assertThat(store.list("odd/")).hasSize(7);
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

    private static boolean tryPut(ObjectStore store, ObjectKey key, byte[] content) {
        try {
            put(store, key, content, CreateMode.FAIL_IF_EXISTS);
            return true;
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_EXISTS)) {
                return false;
            }
            throw e;
        }
    }

    private static ObjectInfo put(ObjectStore store, ObjectKey key, byte[] content, CreateMode mode) {
        try (ObjectSink sink = store.create(key, mode)) {
            write(sink, content);
            return sink.commit();
        }
    }

    private static void write(ObjectSink sink, byte[] content) {
        try {
            // In pieces of an odd size, as encoders write.
            for (int at = 0; at < content.length; at += 77_777) {
                ByteBuffer piece = ByteBuffer.wrap(content, at, Math.min(77_777, content.length - at));
                while (piece.hasRemaining()) {
                    sink.write(piece);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] read(ObjectStore store, ObjectKey key) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(65_536);
        try (ReadableByteChannel channel = store.read(key)) {
            while (channel.read(block) >= 0) {
                all.write(block.array(), 0, block.position());
                block.clear();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
