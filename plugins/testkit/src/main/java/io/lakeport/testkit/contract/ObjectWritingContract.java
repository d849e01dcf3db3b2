package io.lakeport.testkit.contract;

import static io.lakeport.testkit.contract.ContractObjects.bytes;
import static io.lakeport.testkit.contract.ContractObjects.put;
import static io.lakeport.testkit.contract.ContractObjects.read;
import static io.lakeport.testkit.contract.ContractObjects.readUnlessReplaced;
import static io.lakeport.testkit.contract.ContractObjects.sha256;
import static io.lakeport.testkit.contract.ContractObjects.tryPut;
import static io.lakeport.testkit.contract.ContractObjects.uniform;
import static io.lakeport.testkit.contract.ContractObjects.write;
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
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What an {@link ObjectStore} promises of writing: an object is whole or absent, whoever else writes, breaks off or reads.
 * Part of {@link ObjectStoreContract}.
 */
public interface ObjectWritingContract extends StoreUnderTest {
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
}
