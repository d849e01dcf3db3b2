package io.lakeport.warehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.time.Deadline;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Answers that nobody takes, at whichever moment they are given up. */
class AnswerHandlerTest {
    private final MemoryBudget budget = MemoryBudget.of("test", 64L << 20);
    private final AnswerHandler handler = new AnswerHandler(8 << 20, budget, Deadline.after(Duration.ofMinutes(1)));

    private HttpResponse.BodySubscriber<AnswerBytes> begun() {
        HttpResponse.BodySubscriber<AnswerBytes> body = handler.apply(new Ok());
        body.onSubscribe(new NoLimit());
        return body;
    }

    private static List<ByteBuffer> bytes(int count) {
        return List.of(ByteBuffer.wrap(new byte[count]));
    }

    @Test
    void taken_largeAnswer_holdsMemoryUntilItIsClosed() {
        HttpResponse.BodySubscriber<AnswerBytes> body = begun();
        body.onNext(bytes(200_000));
        body.onComplete();
        AnswerBytes answer = body.getBody().toCompletableFuture().join();

        assertThat(answer.bytes()).hasSize(200_000);
        assertThat(budget.used()).isPositive();
        answer.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void forsake_afterTheWholeBodyCame_givesItsMemoryBack() {
        HttpResponse.BodySubscriber<AnswerBytes> body = begun();
        body.onNext(bytes(200_000));
        body.onComplete();

        handler.forsake();

        assertThat(budget.used()).isZero();
    }

    @Test
    void forsake_inTheMiddleOfTheBody_takesNoMoreMemory() {
        HttpResponse.BodySubscriber<AnswerBytes> body = begun();
        body.onNext(bytes(200_000));
        handler.forsake();
        body.onNext(bytes(3_000_000));
        body.onComplete();

        assertThat(body.getBody().toCompletableFuture()).isCompletedExceptionally();
        assertThat(budget.used()).isZero();
    }

    @Test
    void forsake_beforeTheFirstByte_takesNoMemory() {
        handler.forsake();
        HttpResponse.BodySubscriber<AnswerBytes> body = begun();
        body.onNext(bytes(200_000));
        body.onComplete();

        assertThat(budget.used()).isZero();
    }

    private static final class NoLimit implements Flow.Subscription {
        @Override
        public void request(long count) {
            // Everything is handed over by the test.
        }

        @Override
        public void cancel() {
            // The test ends the body itself.
        }
    }

    private record Ok() implements HttpResponse.ResponseInfo {
        @Override
        public int statusCode() {
            return 200;
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of(), (name, value) -> true);
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
