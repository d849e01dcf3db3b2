package io.lakeport.storage.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransfersTest {
    private static final int PART = 1 << 20;
    private static final long MEMORY = 2L << 20;

    @TempDir
    Path spill;

    /** Keeps what is sent in memory. */
    private static class Kept implements ObjectUpload {
        final Map<Integer, byte[]> parts = new ConcurrentSkipListMap<>();
        final AtomicInteger sending = new AtomicInteger();
        final AtomicInteger mostSending = new AtomicInteger();
        volatile int completed = -1;
        final AtomicInteger aborted = new AtomicInteger();

        @Override
        public long partSize(int number) {
            return PART;
        }

        @Override
        public void part(int number, Part content) {
            mostSending.accumulateAndGet(sending.incrementAndGet(), Math::max);
            try {
                arrive(number);
                parts.put(number, bytes(content));
            } finally {
                sending.decrementAndGet();
            }
        }

        void arrive(int number) {
            assertThat(number).isPositive();
        }

        @Override
        public void whole(Part content) {
            parts.put(0, bytes(content));
            completed = 0;
        }

        @Override
        public void complete(int count) {
            assertThat(sending).hasValue(0);
            completed = count;
        }

        @Override
        public void abort() {
            assertThat(sending).as("parts that still arrive").hasValue(0);
            aborted.incrementAndGet();
        }

        byte[] all() {
            int length = parts.values().stream().mapToInt(part -> part.length).sum();
            ByteBuffer all = ByteBuffer.allocate(length);
            parts.values().forEach(all::put);
            return all.array();
        }

        private static byte[] bytes(Part content) {
            try (InputStream in = content.open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Transfers transfers(int inFlight) {
        return new Transfers(new TransferLimits(PART, MEMORY, 4, inFlight, true, Optional.of(spill)));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void write(ObjectSink sink, byte[] content) throws IOException {
        for (int at = 0; at < content.length; at += 33_333) {
            sink.write(ByteBuffer.wrap(content, at, Math.min(33_333, content.length - at)));
        }
    }

    @Test
    void parts_areOnTheirWay_whileTheNextIsWritten() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        Kept kept = new Kept() {
            @Override
            void arrive(int number) {
                two.countDown();
                try {
                    // Ends only if another part is on its way at the same time.
                    assertThat(two.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        byte[] content = random(5 * PART + 3);
        try (Transfers transfers = transfers(2);
                ObjectSink sink = transfers.sink(ObjectKey.of("k"), kept)) {
            write(sink, content);
            assertThat(sink.commit().bytes()).isEqualTo(content.length);
            assertThat(kept.all()).isEqualTo(content);
            assertThat(kept.completed).isEqualTo(6);
            assertThat(kept.mostSending).hasValueBetween(2, 2);
            assertThat(transfers.pool().bytesInUse()).isZero();
        }
    }

    @Test
    void manyObjectsAtOnce_stayInMemoryLimit_andDoNotBlockEachOther() throws IOException {
        List<Kept> all = new ArrayList<>();
        List<ObjectSink> sinks = new ArrayList<>();
        try (Transfers transfers = transfers(3)) {
            for (int i = 0; i < 20; i++) {
                Kept kept = new Kept();
                all.add(kept);
                sinks.add(transfers.sink(ObjectKey.of("k" + i), kept));
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < sinks.size(); i++) {
                    write(sinks.get(i), random(600_000 + i));
                    assertThat(transfers.pool().bytesInUse()).isLessThanOrEqualTo(MEMORY);
                }
            }
            assertThat(transfers.pool().spilledOnce()).isTrue();
            sinks.forEach(ObjectSink::commit);
            for (int i = 0; i < all.size(); i++) {
                byte[] once = random(600_000 + i);
                byte[] content = Arrays.copyOf(once, 3 * once.length);
                System.arraycopy(once, 0, content, once.length, once.length);
                System.arraycopy(once, 0, content, 2 * once.length, once.length);
                assertThat(all.get(i).all()).isEqualTo(content);
            }
            assertThat(transfers.pool().bytesInUse()).isZero();
        }
        assertThat(spill).isEmptyDirectory();
    }

    @Test
    void partThatFails_endsTheWrite_andGivesUpOnce() throws IOException {
        Kept kept = new Kept() {
            @Override
            void arrive(int number) {
                if (number == 2) {
                    throw new LakeportException(CoreError.TARGET_NOT_WRITABLE, "refused");
                }
            }
        };
        try (Transfers transfers = transfers(2)) {
            ObjectSink sink = transfers.sink(ObjectKey.of("k"), kept);
            assertThatThrownBy(() -> {
                        write(sink, random(6 * PART));
                        sink.commit();
                    })
                    .hasMessage("refused");
            sink.close();
            assertThat(kept.completed).isEqualTo(-1);
            assertThat(kept.aborted).hasValue(1);
            assertThat(transfers.pool().bytesInUse()).isZero();
        }
    }

    @Test
    void spillForbidden_contentWaitsForPartsOnTheirWayAndNeverForTheDisk() throws Exception {
        Kept kept = new Kept();
        try (Transfers transfers = new Transfers(new TransferLimits(PART, MEMORY, 4, 2, true, Optional.empty()));
                ObjectSink sink = transfers.sink(ObjectKey.of("k"), kept)) {
            byte[] content = random(20 * PART);
            write(sink, content);
            sink.commit();

            assertThat(kept.all()).isEqualTo(content);
            assertThat(transfers.pool().spilledOnce()).isFalse();
        }
    }

    @Test
    void spillForbidden_objectsThatBlockEachOther_failAndGiveTheirMemoryBack() throws Exception {
        try (Transfers transfers = new Transfers(new TransferLimits(PART, MEMORY, 4, 2, true, Optional.empty()))) {
            List<ObjectSink> sinks = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int i = 0; i <= MEMORY / (PART - 1); i++) {
                            sinks.add(transfers.sink(ObjectKey.of("k" + i), new Kept()));
                            write(sinks.get(i), random(PART - 1));
                        }
                    })
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("spill_directory=off")
                    .hasMessageContaining("raise upload_memory");
            sinks.forEach(ObjectSink::close);

            assertThat(transfers.pool().bytesInUse()).isZero();
            assertThat(transfers.pool().spilledOnce()).isFalse();
            try (Stream<Path> files = Files.list(spill)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void spillDirectoryMissing_isNamed() throws IOException {
        Path nowhere = spill.resolve("nowhere");
        try (Transfers transfers = new Transfers(new TransferLimits(PART, 1, 1, 1, true, Optional.of(nowhere)));
                ObjectSink sink = transfers.sink(ObjectKey.of("k"), new Kept())) {
            assertThatThrownBy(() -> write(sink, random(PART)))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining(nowhere.toString())
                    .hasMessageContaining("spill_directory");
        }
    }
}
