package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.statement.StatementState;
import io.lakeport.localworkspace.statement.StatementView;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The time that clients give a statement, after which the server ends it. Thread-safe. */
final class QueryTimeouts {
    private static final int TIMED_OUT = 8;

    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    /** Ends a statement that is still running after a while. */
    void endAfter(StatementView statement, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            end(statement);
            return;
        }
        Executor later = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> end(statement));
    }

    private void end(StatementView statement) {
        if (!statement.state().isFinal()) {
            ended.add(statement.id());
            statement.cancel();
        }
    }

    void forget(String id) {
        ended.remove(id);
    }

    /** Returns the status of a statement, which says so when it was ended here. */
    TStruct status(StatementView statement) {
        TStruct status = StatementResults.status(statement);
        return statement.state() == StatementState.CANCELED && ended.contains(statement.id())
                ? status.with(2, TIMED_OUT).with(5, "Query timed out").with(3, "HYT00")
                : status;
    }
}
