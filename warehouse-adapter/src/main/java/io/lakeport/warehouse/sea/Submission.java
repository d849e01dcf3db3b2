package io.lakeport.warehouse.sea;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.http.AnswerBytes;
import io.lakeport.warehouse.http.AnswerHandler;
import io.lakeport.warehouse.http.ApiAnswer;
import io.lakeport.warehouse.http.Unreachable;
import io.lakeport.warehouse.http.Wire;
import io.lakeport.warehouse.http.WorkspaceApi;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Posts one statement, once. An answer that is lost leaves the outcome unknown: the statement is then found by its tag,
 * and never posted again. Only a post that certainly was not accepted is repeated: no connection, or a refusal that says
 * so. Confined to one thread.
 */
final class Submission {
    private static final String WHAT = "POST " + StatementApi.STATEMENTS;
    /** Longer than the longest wait that is asked for, so that a slow answer is not a lost one. */
    private static final Duration LONGEST_POST = Duration.ofSeconds(60);

    private final WorkspaceApi api;
    private final StatementRequest request;
    private final DialectMemory dialect;
    private final Instant submitted;
    private @Nullable CompletableFuture<HttpResponse<AnswerBytes>> pending;
    private @Nullable AnswerHandler receiving;

    Submission(WorkspaceApi api, StatementRequest request, DialectMemory dialect) {
        this.api = api;
        this.request = request;
        this.dialect = dialect;
        this.submitted = api.context().clock().instant();
    }

    /**
     * Posts the statement.
     *
     * @throws LakeportException when it was not accepted, or, if {@link #isOutcomeOpen()}, may have been: then ask
     *     {@link #recover}
     */
    StatementAnswer post() {
        while (true) {
            Dialect spoken = dialect.get();
            try {
                return AnswerReader.statement(
                        api.authorized("sql.submit", request.deadline(), token -> () -> exchange(token, spoken)));
            } catch (LakeportException e) {
                // A refused request was not run, so what the warehouse does not understand is left out.
                Dialect less = spoken.without(e).orElseThrow(() -> e);
                dialect.learn(spoken, less);
            }
        }
    }

    private ApiAnswer exchange(AccessToken token, Dialect spoken) {
        request.deadline().check(WHAT);
        if (Thread.currentThread().isInterrupted()) {
            throw new LakeportException(CoreError.INTERRUPTED, "interrupted before the statement was posted");
        }
        byte[] body = StatementBody.write(api.object(), request, api.context(), spoken);
        HttpRequest post = api.request(StatementApi.STATEMENTS, token, request.deadline())
                .timeout(LONGEST_POST)
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        AnswerHandler handler = api.answer(request.deadline());
        CompletableFuture<HttpResponse<AnswerBytes>> answer = api.wire().start(post, handler);
        pending = answer;
        receiving = handler;
        HttpResponse<AnswerBytes> response = await(answer);
        api.received("sql", "sql.submit", request.deadline(), response.body().bytes().length);
        if (leavesOutcomeOpen(response)) {
            throw unknown("HTTP " + response.statusCode(), null);
        }
        pending = null;
        return api.read(WHAT, response);
    }

    private HttpResponse<AnswerBytes> await(CompletableFuture<HttpResponse<AnswerBytes>> answer) {
        try {
            Duration left = request.deadline().remaining();
            return Wire.await(answer, left.compareTo(LONGEST_POST) < 0 ? left : LONGEST_POST);
        } catch (IOException e) {
            if (Unreachable.neverSent(e)) {
                pending = null;
                throw api.unreachable(WHAT, request.deadline(), e);
            }
            throw unknown(e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("an interrupt", e);
        }
    }

    /** A gateway's answer tells nothing; 503 with Retry-After, and 429, are given before anything is started. */
    private static boolean leavesOutcomeOpen(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 408, 500, 502, 504 -> true;
            case 503 -> response.headers().firstValue("Retry-After").isEmpty();
            default -> false;
        };
    }

    private static LakeportException unknown(String why, @Nullable Throwable cause) {
        return new LakeportException(
                CoreError.STATEMENT_OUTCOME_UNKNOWN, "the answer to " + WHAT + " was lost (" + why + ")", cause);
    }

    /** Returns whether a post is without an answer that settles it, so that the statement may run. */
    boolean isOutcomeOpen() {
        return pending != null;
    }

    /**
     * Finds the statement whose answer was lost, in an answer that comes late or in the query history.
     *
     * @return empty when it was not found before the deadline
     */
    Optional<StatementId> recover(Pauses pauses, Deadline deadline) throws InterruptedException {
        QueryHistory history = new QueryHistory(api);
        while (!deadline.isExpired()) {
            Optional<StatementId> late = lateAnswer();
            if (late.isPresent()) {
                return late;
            }
            Optional<StatementId> found =
                    dialect.get().tags() ? history.find(request.tag(), submitted, deadline) : Optional.empty();
            if (found.isPresent() || !(dialect.get().tags() || isPending())) {
                return found;
            }
            boolean ignored = pauses.pause(deadline);
        }
        return Optional.empty();
    }

    private boolean isPending() {
        CompletableFuture<HttpResponse<AnswerBytes>> answer = pending;
        return answer != null && !answer.isDone();
    }

    private Optional<StatementId> lateAnswer() {
        CompletableFuture<HttpResponse<AnswerBytes>> answer = pending;
        if (answer == null || !answer.isDone() || answer.isCompletedExceptionally()) {
            return Optional.empty();
        }
        HttpResponse<AnswerBytes> response = answer.join();
        if (response.statusCode() != 200) {
            return Optional.empty();
        }
        StatementAnswer late = AnswerReader.statement(api.read(WHAT, response));
        late.discard();
        return Optional.of(late.id());
    }

    /** Gives up an answer that may still come, with the memory that it may bring. */
    void release() {
        if (pending != null && receiving != null) {
            receiving.forsake();
        }
    }

    /** Returns the final error when the statement was not found. */
    LakeportException lost(LakeportException first) {
        return new LakeportException(
                CoreError.STATEMENT_OUTCOME_UNKNOWN,
                first.getMessage() + ", and the statement was not found again"
                        + (dialect.get().tags()
                                ? " by its tag " + StatementBody.TAG + "=" + request.tag() + " in the query history"
                                : ": this warehouse takes no query tags")
                        + "; it may have run, so look before running it again",
                first);
    }
}
