package io.lakeport.app;

import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A result as a publisher (Reactive Streams 1.0.4, {@link Flow}): for one subscriber, who closes each chunk. The
 * statement runs when it is subscribed to; a chunk is taken when it is asked for, and downloads ahead stay within the
 * statement's budget.
 */
final class ChunkPublisher implements Flow.Publisher<ResultChunk> {
    private final Supplier<ResultStream> statement;
    private final AsyncCalls async;
    private final AtomicBoolean taken = new AtomicBoolean();

    ChunkPublisher(Supplier<ResultStream> statement, AsyncCalls async) {
        this.statement = statement;
        this.async = async;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ResultChunk> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (!taken.compareAndSet(false, true)) {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(new IllegalStateException(
                    "this publisher had its subscriber; a statement is not run twice, so call publish() again"));
            return;
        }
        ChunkSubscription subscription = new ChunkSubscription(statement, subscriber);
        subscriber.onSubscribe(subscription);
        subscription.start(async);
    }

    /** A subscription without anything behind it; the rules want one before an error. */
    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long n) {
            // There is nothing to come.
        }

        @Override
        public void cancel() {
            // There is nothing to end.
        }
    }
}
