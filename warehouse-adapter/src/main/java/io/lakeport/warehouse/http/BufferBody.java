package io.lakeport.warehouse.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Receives a body straight into a buffer that the caller owns. After {@link #detach()} nothing is written any more, so
 * that the buffer can be used for something else although the connection may still deliver.
 */
public final class BufferBody implements HttpResponse.BodySubscriber<Void> {
    private final CompletableFuture<Void> whole = new CompletableFuture<>();
    private @Nullable ByteBuffer target;
    private Flow.@Nullable Subscription subscription;
    private volatile long received;

    /** Receives into the buffer from its position on; its position moves. */
    public BufferBody(ByteBuffer target) {
        this.target = target;
    }

    /** Returns how many bytes have arrived; any thread may ask. */
    public long received() {
        return received;
    }

    /** Lets go of the buffer, now and for ever. */
    public synchronized void detach() {
        target = null;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return whole;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription from) {
        subscription = from;
        from.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> items) {
        for (ByteBuffer item : items) {
            ByteBuffer room = target;
            if (room == null || item.remaining() > room.remaining()) {
                whole.completeExceptionally(new IOException("the body is longer than announced"));
                detach();
                return;
            }
            received += item.remaining();
            room.put(item);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(null);
    }
}
