package io.lakeport.warehouse.http;

import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.time.Deadline;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Receives one answer of the API. The client may have the whole body and yet never hand it over: its future was cancelled,
 * or ran out of time, in the same moment. So whoever gives an answer up says so here, where the memory for it is known.
 * Thread-safe.
 */
public final class AnswerHandler implements HttpResponse.BodyHandler<AnswerBytes> {
    private final int most;
    private final MemoryBudget budget;
    private final Deadline deadline;
    private final List<AnswerBody> bodies = new ArrayList<>();
    private boolean forsaken;

    /**
     * Creates a handler.
     *
     * @param most bytes that an answer may have
     * @param deadline until when memory for a large one is waited for
     */
    AnswerHandler(int most, MemoryBudget budget, Deadline deadline) {
        this.most = most;
        this.budget = budget;
        this.deadline = deadline;
    }

    @Override
    public synchronized HttpResponse.BodySubscriber<AnswerBytes> apply(HttpResponse.ResponseInfo info) {
        long announced = info.headers().firstValueAsLong("Content-Length").orElse(0);
        AnswerBody body = new AnswerBody(most, announced, budget, deadline);
        bodies.add(body);
        if (forsaken) {
            body.forsake();
        }
        return body;
    }

    /** Gives back the memory of an answer that nobody takes, whether it came or is still to come. Idempotent. */
    public synchronized void forsake() {
        forsaken = true;
        bodies.forEach(AnswerBody::forsake);
    }
}
