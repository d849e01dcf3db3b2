package io.lakeport.app;

import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber and its statement. A single thread gives all signals, so they never overlap; {@link #request} and
 * {@link #cancel} may be called by any thread and return at once.
 */
final class ChunkSubscription implements Flow.Subscription, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkSubscription.class);

    private final Supplier<ResultStream> statement;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Flow.@Nullable Subscriber<? super ResultChunk> subscriber;
    private long demand;
    private boolean cancelled;
    private @Nullable IllegalArgumentException illegal;
    /** The thread that waits for the warehouse: it may be interrupted, and the subscriber's own code may not. */
    private @Nullable Thread waiting;

    ChunkSubscription(Supplier<ResultStream> statement, Flow.Subscriber<? super ResultChunk> subscriber) {
        this.statement = statement;
        this.subscriber = subscriber;
    }

    void start(AsyncCalls async) {
        try {
            async.run(this);
        } catch (RejectedExecutionException e) {
            failed(new IllegalStateException("Lakeport was closed", e));
        }
    }

    @Override
    public void request(long n) {
        lock.lock();
        try {
            if (n <= 0) {
                illegal = new IllegalArgumentException("request(" + n + ") asks for nothing; rule 3.9 wants 1 or more");
            } else {
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
            subscriber = null;
            if (waiting != null) {
                waiting.interrupt();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        @Nullable Throwable failure = null;
        try {
            read();
        } catch (InterruptedException e) {
            failure = new IllegalStateException("Lakeport was closed while the result was read", e);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        // Whoever reuses this thread has no part in how its last statement ended.
        boolean ignored = Thread.interrupted();
        if (failure == null) {
            completed();
        } else {
            failed(failure);
        }
    }

    /** Returns when the result was read to its end or nobody wants more of it; the statement is over then. */
    private void read() throws InterruptedException {
        if (isOver()) {
            return;
        }
        try (ResultStream stream = await(statement)) {
            while (awaitDemand()) {
                Optional<ResultChunk> chunk = await(stream::next);
                if (chunk.isEmpty()) {
                    return;
                }
                give(chunk.get());
            }
        }
    }

    private <T> T await(Supplier<T> call) {
        lock.lock();
        try {
            waiting = Thread.currentThread();
            if (cancelled) {
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
        try {
            return call.get();
        } finally {
            lock.lock();
            try {
                waiting = null;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a chunk is wanted; returns false when none will be. */
    private boolean awaitDemand() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (demand == 0 && !cancelled && illegal == null) {
                changed.await();
            }
            if (illegal != null && !cancelled) {
                throw illegal;
            }
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            return !cancelled;
        } finally {
            lock.unlock();
        }
    }

    private void give(ResultChunk chunk) {
        Flow.@Nullable Subscriber<? super ResultChunk> receiver = receiver();
        if (receiver == null) {
            chunk.close();
            return;
        }
        try {
            receiver.onNext(chunk);
        } catch (RuntimeException | Error e) {
            // Rule 2.13: whoever throws has cancelled, and cannot have closed what it did not take.
            chunk.close();
            cancel();
            LOG.warn("a subscriber threw in onNext, so its statement was ended", e);
        }
    }

    private Flow.@Nullable Subscriber<? super ResultChunk> receiver() {
        lock.lock();
        try {
            return subscriber;
        } finally {
            lock.unlock();
        }
    }

    private Flow.@Nullable Subscriber<? super ResultChunk> lastSignal() {
        lock.lock();
        try {
            Flow.@Nullable Subscriber<? super ResultChunk> receiver = subscriber;
            subscriber = null;
            cancelled = true;
            return receiver;
        } finally {
            lock.unlock();
        }
    }

    private void completed() {
        Flow.@Nullable Subscriber<? super ResultChunk> receiver = lastSignal();
        if (receiver != null) {
            receiver.onComplete();
        }
    }

    private void failed(Throwable failure) {
        Flow.@Nullable Subscriber<? super ResultChunk> receiver = lastSignal();
        if (receiver != null) {
            receiver.onError(failure);
        } else {
            LOG.debug("a result that nobody wants any more ended", failure);
        }
    }
}
