package io.lakeport.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.testwatch.ExpectWarnings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of Reactive Streams, one by one; numbers are those of the specification, version 1.0.4. */
@Timeout(30)
class ChunkPublisherTest {
    private final AsyncCalls async = new AsyncCalls();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();
    private final CountDownLatch streamClosed = new CountDownLatch(1);

    @AfterEach
    void nothingLeft() {
        async.close();
        assertThat(open).as("chunks that nobody closed").hasValue(0);
    }

    private ChunkPublisher publisher(int chunks) {
        return new ChunkPublisher(
                () -> {
                    statements.incrementAndGet();
                    return new Numbered(chunks);
                },
                async);
    }

    /** A result of so many chunks; next() blocks for ever after those where {@code blocks} says so. */
    private class Numbered implements ResultStream {
        private final int chunks;
        private int next;

        Numbered(int chunks) {
            this.chunks = chunks;
        }

        @Override
        public StatementId statementId() {
            return new StatementId("s");
        }

        @Override
        public ResultSchema schema() {
            return new ResultSchema(List.of());
        }

        @Override
        public OptionalLong totalRows() {
            return OptionalLong.empty();
        }

        @Override
        public boolean truncated() {
            return false;
        }

        @Override
        public Optional<ResultChunk> next() {
            if (next == chunks) {
                return Optional.empty();
            }
            taken.incrementAndGet();
            open.incrementAndGet();
            int index = next++;
            return Optional.of(new ResultChunk(index, index, 1, ByteBuffer.allocate(1), open::decrementAndGet));
        }

        @Override
        public void close() {
            streamClosed.countDown();
        }
    }

    /** Writes down what it is told, and whether two signals ever came at once. */
    private static class Recorder implements Flow.Subscriber<ResultChunk> {
        final List<Long> received = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        final CountDownLatch over = new CountDownLatch(1);
        final AtomicInteger completions = new AtomicInteger();
        final AtomicBoolean overlapped = new AtomicBoolean();
        private final AtomicBoolean inside = new AtomicBoolean();
        volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription from) {
            subscription = from;
        }

        @Override
        public void onNext(ResultChunk chunk) {
            overlapped.compareAndSet(false, !inside.compareAndSet(false, true));
            try (chunk) {
                received.add(chunk.index());
                received(chunk);
            } finally {
                inside.set(false);
            }
        }

        void received(ResultChunk chunk) {}

        @Override
        public void onError(Throwable failure) {
            errors.add(failure);
            over.countDown();
        }

        @Override
        public void onComplete() {
            completions.incrementAndGet();
            over.countDown();
        }
    }

    @Test
    @Tag("AK-39")
    void request_someAndThenMore_givesExactlyThatMany() throws Exception {
        Recorder recorder = new Recorder();
        publisher(5).subscribe(recorder);
        recorder.subscription.request(2);
        await(() -> taken.get() == 2);
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(taken).as("1.1: no more than was asked for").hasValue(2);

        recorder.subscription.request(1);
        recorder.subscription.request(Long.MAX_VALUE);

        assertThat(recorder.over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.received).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(recorder.completions).hasValue(1);
        assertThat(recorder.errors).isEmpty();
        assertThat(streamClosed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void request_fromManyThreadsAndFromInside_signalsNeverOverlap() throws Exception {
        Recorder recorder = new Recorder() {
            @Override
            void received(ResultChunk chunk) {
                subscription.request(1);
            }
        };
        publisher(2_000).subscribe(recorder);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 100; n++) {
                    recorder.subscription.request(1);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(recorder.over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.received).hasSize(2_000);
        assertThat(recorder.overlapped).as("1.3: signals are serial").isFalse();
    }

    @Test
    void request_nothing_isAnErrorAndEndsTheStatement() throws Exception {
        Recorder recorder = new Recorder();
        publisher(5).subscribe(recorder);

        recorder.subscription.request(0);

        assertThat(recorder.over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.errors)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .as("3.9")
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("3.9"));
        assertThat(streamClosed.await(5, TimeUnit.SECONDS)).isTrue();
        recorder.subscription.request(5);
        assertThat(recorder.received).isEmpty();
    }

    @Test
    void cancel_midWay_endsTheStatementAndGivesNothingMore() throws Exception {
        Recorder recorder = new Recorder() {
            @Override
            void received(ResultChunk chunk) {
                if (chunk.index() == 1) {
                    subscription.cancel();
                    subscription.cancel();
                }
            }
        };
        publisher(50).subscribe(recorder);
        recorder.subscription.request(Long.MAX_VALUE);

        assertThat(streamClosed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.received).containsExactly(0L, 1L);
        assertThat(recorder.completions).hasValue(0);
        assertThat(recorder.errors).isEmpty();
    }

    @Test
    void cancel_whileTheWarehouseWorks_interruptsIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Recorder recorder = new Recorder();
        new ChunkPublisher(
                        () -> {
                            begun.countDown();
                            try {
                                TimeUnit.SECONDS.sleep(25);
                                throw new IllegalStateException("not interrupted");
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw new LakeportException(CoreError.INTERRUPTED, "interrupted", e);
                            }
                        },
                        async)
                .subscribe(recorder);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        recorder.subscription.cancel();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.errors).as("2.8: nothing after cancel").isEmpty();
    }

    @Test
    void cancel_beforeAnythingElse_runsNoStatement() throws Exception {
        Recorder recorder = new Recorder() {
            @Override
            public void onSubscribe(Flow.Subscription from) {
                from.cancel();
            }
        };
        publisher(5).subscribe(recorder);
        CountDownLatch after = new CountDownLatch(1);
        async.run(after::countDown);
        assertThat(after.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.over.await(100, TimeUnit.MILLISECONDS)).isFalse();

        assertThat(statements).hasValue(0);
    }

    @Test
    @ExpectWarnings("a subscriber threw in onNext")
    void onNext_throws_chunkIsClosedAndStatementEnded() throws Exception {
        Recorder recorder = new Recorder() {
            @Override
            public void onNext(ResultChunk chunk) {
                throw new IllegalStateException("cannot take it");
            }
        };
        publisher(5).subscribe(recorder);
        recorder.subscription.request(3);

        assertThat(streamClosed.await(10, TimeUnit.SECONDS)).isTrue();
        await(() -> open.get() == 0);
        assertThat(taken).hasValue(1);
        assertThat(recorder.errors).isEmpty();
    }

    @Test
    void subscribe_secondTime_isRefusedAfterOnSubscribe() throws Exception {
        ChunkPublisher publisher = publisher(0);
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        publisher.subscribe(first);
        publisher.subscribe(second);

        assertThat(second.subscription).as("1.9: onSubscribe comes first").isNotNull();
        assertThat(second.errors).singleElement().isInstanceOf(IllegalStateException.class);
        first.subscription.request(1);
        assertThat(first.over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first.completions).hasValue(1);
        assertThat(statements).hasValue(1);
        assertThatThrownBy(() -> publisher.subscribe(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void statement_fails_isOneError() throws Exception {
        Recorder recorder = new Recorder();
        new ChunkPublisher(
                        () -> {
                            throw new LakeportException(CoreError.SQL_SYNTAX, "no");
                        },
                        async)
                .subscribe(recorder);

        assertThat(recorder.over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.errors).singleElement().isInstanceOf(LakeportException.class);
        assertThat(recorder.completions).hasValue(0);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
