package io.lakeport.warehouse.http;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.MemoryBudget.Reservation;
import io.lakeport.core.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects an answer of the API on the heap. A result that comes inside an answer makes it large, so beyond a small size
 * memory is reserved before more is taken from the connection: for the text, its tree, and the bytes in it. It blocks
 * the client's worker thread meanwhile, which is one of a pool without a bound.
 */
final class AnswerBody implements HttpResponse.BodySubscriber<AnswerBytes> {
    /** Nobody counts less. */
    static final int SMALL = 64 * 1024;

    private static final int COPIES = 3;
    private static final int STEP = 1 << 20;

    private final int most;
    private final long announced;
    private final MemoryBudget budget;
    private final Deadline deadline;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final CompletableFuture<AnswerBytes> whole = new CompletableFuture<>();
    private final List<Reservation> reserved = new ArrayList<>();
    private boolean forsaken;
    private long paidFor = SMALL;
    private Flow.@Nullable Subscription subscription;

    /**
     * Collects up to {@code most} bytes.
     *
     * @param announced length of the body, 0 when it was not announced
     */
    AnswerBody(int most, long announced, MemoryBudget budget, Deadline deadline) {
        this.most = most;
        this.announced = Math.min(announced, most);
        this.budget = budget;
        this.deadline = deadline;
    }

    @Override
    public CompletionStage<AnswerBytes> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription from) {
        subscription = from;
        from.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
        try {
            for (ByteBuffer item : items) {
                take(item);
            }
            if (subscription != null) {
                subscription.request(1);
            }
        } catch (IOException | LakeportException e) {
            if (subscription != null) {
                subscription.cancel();
            }
            onError(e);
        }
    }

    private void take(ByteBuffer item) throws IOException {
        long length = (long) collected.size() + item.remaining();
        if (length > most) {
            throw new IOException("the answer is larger than " + most + " bytes");
        }
        if (length > paidFor) {
            long next = Math.max(Math.max(announced, length), Math.min(most, paidFor + STEP));
            keep(budget.reserve((next - (paidFor == SMALL ? 0 : paidFor)) * COPIES, deadline));
            paidFor = next;
        }
        byte[] bytes = new byte[item.remaining()];
        item.get(bytes);
        collected.writeBytes(bytes);
    }

    private synchronized void keep(Reservation more) throws IOException {
        reserved.add(more);
        if (forsaken) {
            forsake();
            throw new IOException("nobody waits for the answer any more");
        }
    }

    /** Gives back what was reserved, and whatever will be: nobody takes the answer. Idempotent. */
    synchronized void forsake() {
        forsaken = true;
        reserved.forEach(Reservation::close);
    }

    @Override
    public void onError(Throwable failure) {
        forsake();
        whole.completeExceptionally(failure);
    }

    @Override
    public synchronized void onComplete() {
        if (!whole.complete(new AnswerBytes(collected.toByteArray(), reserved))) {
            forsake();
        }
    }
}
