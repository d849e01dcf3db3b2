package io.lakeport.warehouse.sea;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.http.Wire;
import io.lakeport.warehouse.http.WorkspaceApi;
import io.lakeport.warehouse.memory.DirectBuffers;
import io.lakeport.warehouse.result.ChunkStream;
import io.lakeport.warehouse.result.StorageHosts;
import io.lakeport.warehouse.sea.OpenResults.Afterwards;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A SQL warehouse over the Statement Execution API. Thread-safe. */
final class SeaWarehouse implements Warehouse {
    private static final Logger LOG = LoggerFactory.getLogger(SeaWarehouse.class);

    private final SeaLimits limits;
    private final Wire wire;
    private final WorkspaceApi api;
    private final StatementApi statements;
    private final DirectBuffers pool = DirectBuffers.shared();
    private final DialectMemory dialect = new DialectMemory();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final OpenResults results;
    private final StatementExecution execution;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Its own party keeps it from advancing, or ending, before {@link #close()}. */
    private final Phaser running = new Phaser(1);

    SeaWarehouse(WarehouseContext context, SeaLimits limits) {
        this.limits = limits;
        this.wire = new Wire(context.warehouse().value());
        this.api = new WorkspaceApi(context, wire);
        this.statements = new StatementApi(api);
        this.results = new OpenResults(
                statements,
                new ChunkStream.Resources(api, pool, new StorageHosts(), limits.downloads()),
                limits,
                closing);
        this.execution = new StatementExecution(statements, results, dialect, limits, closing);
        pool.warehouseOpened();
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        return whileOpen(() -> execution.run(request));
    }

    @Override
    public Optional<StatementId> find(String tag, Deadline deadline) {
        if (!dialect.get().tags()) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "this workspace takes no query tags, so statements cannot be looked up by them");
        }
        return whileOpen(() -> new QueryHistory(api).find(tag, deadline));
    }

    @Override
    public ResultStream attach(StatementId statement, LongPredicate wanted, Deadline deadline) {
        return whileOpen(() -> {
            StatementAnswer answer = new Reattachment(statements, limits, closing).toResult(statement, deadline);
            boolean isOpen = false;
            try {
                ResultChecks.check(OptionalLong.empty(), answer, OpenResults.manifest(answer));
                ResultStream stream = results.open(answer, wanted, Afterwards.KEEP, deadline);
                isOpen = true;
                return stream;
            } finally {
                if (!isOpen) {
                    answer.discard();
                }
            }
        });
    }

    @Override
    public void end(StatementId statement, Deadline deadline) {
        boolean ended = whileOpen(() -> {
            StatementWatch watch = new StatementWatch(statements, deadline, limits, closing);
            boolean confirmed = Uninterrupted.call(() -> watch.end(statement, deadline));
            if (confirmed) {
                results.giveUp(statement);
            }
            return confirmed;
        });
        if (!ended) {
            throw Deadline.expired("the end of statement " + statement);
        }
    }

    /** Runs a call that {@link #close()} waits for. */
    private <T> T whileOpen(Supplier<T> call) {
        int ignoredPhase = running.register();
        try {
            if (closing.getCount() == 0) {
                throw new IllegalStateException("the warehouse was closed; open another one");
            }
            return call.get();
        } catch (LakeportException e) {
            throw e.with("tenant", api.context().tenant().id().value())
                    .with("warehouse", api.context().warehouse().value());
        } finally {
            running.arriveAndDeregister();
        }
    }

    @Override
    public Set<WarehouseCapability> capabilities() {
        EnumSet<WarehouseCapability> all = EnumSet.allOf(WarehouseCapability.class);
        if (!dialect.get().tags()) {
            all.remove(WarehouseCapability.OUTCOME_LOOKUP);
        }
        return Set.copyOf(all);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        closing.countDown();
        results.closeAll();
        awaitRunning();
        results.closeAll();
        wire.close();
        pool.warehouseClosed();
    }

    private void awaitRunning() {
        try {
            int phase = running.arriveAndDeregister();
            if (phase >= 0) {
                int ignored =
                        running.awaitAdvanceInterruptibly(phase, limits.ending().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn(
                    "statements of warehouse {} did not end in time",
                    api.context().warehouse());
        }
    }
}
