package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.UnfinishedUpload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ObjectStore} promises. An adapter's test implements this interface and gives a store with an empty
 * root for each test.
 */
public interface ObjectStoreContract {
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

    /** Returns a store whose root is empty; called once or more in a test, each time for the same root. */
    ObjectStore store();

    /** Returns a store of the folder that holds the root of {@link #store()} and nothing else. */
    ObjectStore surroundings();

    /** Returns how many bytes the store sends in one request; objects around that size are written. */
    default int partSize() {
        return 8 << 20;
    }

    /** Returns whether the store tells of uploads that are neither committed nor given up. */
    default boolean tellsOfUnfinished() {
        return true;
    }

    /** Returns how many uploads were begun and neither committed nor given up; 0 where the store has no such thing. */
    default int unfinishedUploads() {
        try (ObjectStore store = store()) {
            return store.unfinished().size();
        }
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
            for (int size :
                    new int[] {0, 1, partSize() - 1, partSize(), partSize() + 1, 2 * partSize(), 5 * partSize() + 7}) {
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
    default void sinks_ofManyThreads_doNotMix() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ObjectStore store = store()) {
            List<Callable<ObjectInfo>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                ObjectKey key = ObjectKey.of("parallel/" + writer);
                byte[] content = bytes(2 * partSize() + writer);
                writers.add(() -> put(store, key, content, CreateMode.FAIL_IF_EXISTS));
            }
            for (Future<ObjectInfo> written : threads.invokeAll(writers)) {
                ObjectInfo info = written.get();
                assertThat(sha256(read(store, info.key()))).isEqualTo(info.sha256());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void write_interruptedMidway_leavesNothing_andOthersAlone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (ObjectStore store = store();
                ObjectSink other = store.create(ObjectKey.of("other"), CreateMode.REPLACE)) {
            byte[] content = bytes(2 * partSize() + 5);
            write(other, Arrays.copyOf(content, partSize()));
            CountDownLatch halfWay = new CountDownLatch(1);
            Future<ErrorCategory> writer = threads.submit(() -> writeUntilInterrupted(store, halfWay));
            halfWay.await();
            threads.shutdownNow();
            assertThat(writer.get()).isEqualTo(ErrorCategory.CANCELLED);
            assertThat(store.list("")).isEmpty();

            write(other, Arrays.copyOfRange(content, partSize(), content.length));
            assertThat(other.commit().sha256()).isEqualTo(sha256(content));
            assertThat(sha256(read(store, ObjectKey.of("other")))).isEqualTo(sha256(content));
        } finally {
            threads.shutdownNow();
        }
        assertThat(unfinishedUploads()).isZero();
    }

    private static ErrorCategory writeUntilInterrupted(ObjectStore store, CountDownLatch halfWay) {
        try (ObjectSink sink = store.create(ObjectKey.of("interrupted"), CreateMode.REPLACE)) {
            write(sink, bytes(3 * 77_777));
            halfWay.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                write(sink, bytes(10_000));
            }
            return ErrorCategory.CANCELLED;
        } catch (LakeportException e) {
            return e.category();
        }
    }

    @Test
    default void close_ofTheStore_givesUpOpenSinks() {
        ObjectSink sink;
        try (ObjectStore store = store()) {
            sink = store.create(ObjectKey.of("open"), CreateMode.REPLACE);
            write(sink, bytes(2 * partSize() + 1));
        }
        assertThat(sink.isOpen()).isFalse();
        assertThatThrownBy(() -> sink.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(sink::commit).isInstanceOf(IllegalStateException.class);
        try (ObjectStore again = store()) {
            assertThat(again.list("")).isEmpty();
        }
        assertThat(unfinishedUploads()).isZero();
    }

    @Test
    default void overwrite_whileReadersRead_neverShowsAMix() throws Exception {
        ObjectKey key = ObjectKey.of("replaced");
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (ObjectStore store = store()) {
            put(store, key, uniform(0), CreateMode.REPLACE);
            Future<?> writer = threads.submit(() -> {
                for (int version = 1; version <= 15; version++) {
                    put(store, key, uniform(version), CreateMode.REPLACE);
                }
            });
            int seen = 0;
            while (!writer.isDone() || seen == 0) {
                byte[] content = readUnlessReplaced(store, key);
                if (content.length > 0) {
                    assertThat(sha256(content))
                            .as(content.length + " bytes of version " + content[0])
                            .isEqualTo(sha256(uniform(content[0])));
                    seen++;
                }
            }
            writer.get();
            assertThat(sha256(read(store, key))).isEqualTo(sha256(uniform(15)));
        } finally {
            threads.shutdownNow();
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

    @Test
    default void unfinished_ofAnotherStore_isToldAndGivenUp() {
        if (!tellsOfUnfinished()) {
            return;
        }
        ObjectKey key = ObjectKey.of("left/behind 1");
        try (ObjectStore dying = store();
                ObjectStore sweeper = store()) {
            ObjectSink sink = dying.create(key, CreateMode.REPLACE);
            write(sink, bytes(5 * partSize() + 1));
            List<UnfinishedUpload> left = sweeper.unfinished();
            assertThat(left).extracting(UnfinishedUpload::key).containsExactly(key);
            assertThat(left.get(0).since())
                    .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));

            sweeper.abort(left.get(0));
            sweeper.abort(left.get(0));

            assertThat(sweeper.unfinished()).isEmpty();
            assertThatThrownBy(sink::commit).isInstanceOf(LakeportException.class);
            assertThat(sweeper.list("")).isEmpty();
        }
        assertThat(unfinishedUploads()).isZero();
    }

    private static byte[] uniform(int version) {
        byte[] bytes = new byte[300_000 + 50_000 * version];
        Arrays.fill(bytes, (byte) version);
        return bytes;
    }

    /** Returns nothing when the object was replaced in the middle, which a store may say but not hide. */
    private static byte[] readUnlessReplaced(ObjectStore store, ObjectKey key) {
        try {
            return read(store, key);
        } catch (LakeportException e) {
            assertThat(e.category()).isEqualTo(ErrorCategory.CONFLICT);
            return new byte[0];
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
