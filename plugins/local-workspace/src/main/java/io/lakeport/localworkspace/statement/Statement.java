package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.auth.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One statement and its state: PENDING, then RUNNING, then SUCCEEDED, FAILED or CANCELED, which end it; a succeeded one
 * may be CLOSED. Every change is told to the history. Thread-safe.
 */
final class Statement {
    private final String id;
    private final StatementRequest request;
    private final Principal owner;
    private final QueryOrigin origin;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Clock clock;
    private final Optional<StatementFault> fault;
    private final Consumer<QueryRecord> history;
    private final Instant startedAt;
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile Instant seenAt;
    private StatementState state = StatementState.PENDING;
    private @Nullable Instant computeReadyAt;
    private @Nullable Instant executedAt;
    private String catalog = "";
    private String schema = "";
    private @Nullable Instant endedAt;
    private @Nullable StatementError error;
    private @Nullable StoredResult result;
    private @Nullable Runnable canceller;

    Statement(
            String id,
            StatementRequest request,
            Caller caller,
            Map<String, String> sessionTags,
            Optional<StatementFault> fault,
            Clock clock,
            Consumer<QueryRecord> history) {
        this.id = id;
        this.request = request;
        this.owner = caller.principal();
        this.origin = caller.origin();
        this.fault = fault;
        this.tags.putAll(sessionTags);
        this.tags.putAll(request.queryTags());
        this.clock = clock;
        this.history = history;
        this.startedAt = clock.instant();
        this.seenAt = startedAt;
        publish();
    }

    String id() {
        return id;
    }

    StatementRequest request() {
        return request;
    }

    Principal owner() {
        return owner;
    }

    /** Returns scheme and authority under which its client reached the workspace. */
    String base() {
        return origin.base();
    }

    /** Returns what is planned to go wrong with it. */
    Optional<StatementFault> fault() {
        return fault;
    }

    boolean hasFault(StatementFault.Kind kind) {
        return fault.filter(planned -> planned.kind() == kind).isPresent();
    }

    /** Returns whether its chunks are gone, by a planned fault, though it succeeded. */
    boolean isLost() {
        return hasFault(StatementFault.Kind.LOSE_RESULT);
    }

    /** Notes that its client asked for it. */
    void touch() {
        seenAt = clock.instant();
    }

    /** Notes that its client waits for it, however long. */
    void attend() {
        seenAt = Instant.MAX;
    }

    /** Returns whether it has not ended and nobody asked for it since {@code limit}. */
    boolean isForsakenSince(Instant limit) {
        return endedAt().isEmpty() && seenAt.isBefore(limit);
    }

    synchronized StatementState state() {
        return state;
    }

    synchronized Optional<StatementError> error() {
        return Optional.ofNullable(error);
    }

    /** Returns the result while it can be fetched. */
    synchronized Optional<StoredResult> result() {
        return state == StatementState.SUCCEEDED ? Optional.ofNullable(result) : Optional.empty();
    }

    /** Returns when it ended. */
    synchronized Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** Notes that its warehouse runs, so that it only waits for its turn from here on. */
    synchronized void computeReady() {
        computeReadyAt = clock.instant();
    }

    /** Notes in which catalog and schema it is executed. */
    synchronized void executedIn(String currentCatalog, String currentSchema) {
        catalog = currentCatalog;
        schema = currentSchema;
    }

    /**
     * Begins the execution.
     *
     * @param onCancel what ends the execution early
     * @return false when it was cancelled before
     */
    synchronized boolean begin(Runnable onCancel) {
        if (state != StatementState.PENDING) {
            return false;
        }
        state = StatementState.RUNNING;
        executedAt = clock.instant();
        canceller = onCancel;
        publish();
        return true;
    }

    /** Ends it with a result; returns false when the result is not wanted, as it was cancelled meanwhile. */
    synchronized boolean succeed(StoredResult stored) {
        if (state != StatementState.RUNNING) {
            return false;
        }
        if (hasFault(StatementFault.Kind.CLOSE)) {
            end(StatementState.CLOSED);
            return false;
        }
        result = stored;
        end(StatementState.SUCCEEDED);
        return true;
    }

    /** Ends it with a failure, unless it was cancelled meanwhile. */
    synchronized void fail(StatementError failure) {
        if (state == StatementState.RUNNING || state == StatementState.PENDING) {
            error = failure;
            end(StatementState.FAILED);
        }
    }

    /** Cancels it; one that has ended stays as it is. */
    void cancel() {
        Runnable stop;
        synchronized (this) {
            if (state != StatementState.RUNNING && state != StatementState.PENDING) {
                return;
            }
            stop = canceller;
            end(StatementState.CANCELED);
        }
        if (stop != null) {
            stop.run();
        }
    }

    /** Cancels it or drops its result; one that failed or was cancelled stays so. */
    void close() {
        cancel();
        synchronized (this) {
            result = null;
            if (state == StatementState.SUCCEEDED) {
                state = StatementState.CLOSED;
            }
        }
    }

    private void end(StatementState last) {
        state = last;
        endedAt = clock.instant();
        canceller = null;
        publish();
        ended.countDown();
    }

    /** Waits until it ends, but no longer than {@code timeout}; returns whether it ended. */
    boolean await(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publish() {
        StoredResult stored = result;
        StatementError failure = error;
        history.accept(new QueryRecord(
                id,
                request.sessionId(),
                owner.applicationId(),
                owner.id(),
                request.warehouseId(),
                SqlRedaction.apply(request.sql()),
                new QueryRecord.Namespace(catalog, schema),
                stored == null ? Optional.empty() : Optional.of(stored.statementType()),
                historyStatus(),
                failure == null ? Optional.empty() : Optional.of(failure.message()),
                origin,
                tags,
                startedAt,
                Optional.ofNullable(computeReadyAt),
                Optional.ofNullable(executedAt),
                Optional.ofNullable(endedAt),
                stored == null ? 0 : stored.rowCount(),
                stored == null ? 0 : stored.rawBytes()));
    }

    private String historyStatus() {
        switch (state) {
            case PENDING:
                return "QUEUED";
            case RUNNING:
                return "RUNNING";
            case FAILED:
                return "FAILED";
            case CANCELED:
                return "CANCELED";
            default:
                return "FINISHED";
        }
    }
}
