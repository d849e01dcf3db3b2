package io.lakeport.warehouse.sea;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultSchema;
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
import io.lakeport.warehouse.result.ResultManifest;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
    private final Set<ResultStream> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Its own party keeps it from advancing, or ending, before {@link #close()}. */
    private final Phaser running = new Phaser(1);

    SeaWarehouse(WarehouseContext context, SeaLimits limits) {
        this.limits = limits;
        this.wire = new Wire(context.warehouse().value());
        this.api = new WorkspaceApi(context, wire);
        this.statements = new StatementApi(api);
        pool.warehouseOpened();
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        int ignoredPhase = running.register();
        try {
            if (closing.getCount() == 0) {
                throw new IllegalStateException("the warehouse was closed; open another one");
            }
            return opened(request);
        } catch (LakeportException e) {
            throw e.with("tenant", api.context().tenant().id().value())
                    .with("warehouse", api.context().warehouse().value());
        } finally {
            running.arriveAndDeregister();
        }
    }

    private ResultStream opened(StatementRequest request) {
        Submission submission = new Submission(api, request, dialect);
        StatementAnswer answer = new StatementRun(statements, request, submission, limits, closing).toSuccess();
        boolean isOpen = false;
        try {
            ResultStream stream = stream(request, answer);
            isOpen = true;
            return stream;
        } finally {
            if (!isOpen) {
                closeStatement(answer);
            }
        }
    }

    private ResultStream stream(StatementRequest request, StatementAnswer answer) {
        ResultManifest manifest = answer.manifest().orElseGet(SeaWarehouse::nothing);
        ResultChecks.check(request, answer, manifest);
        AtomicReference<@Nullable ResultStream> self = new AtomicReference<>();
        ChunkStream stream = ChunkStream.open(
                answer.id(),
                manifest,
                answer.sources(),
                statements.chunks(answer.id()),
                new ChunkStream.Resources(api, pool, limits.downloads()),
                () -> ended(Objects.requireNonNull(self.get()), answer),
                request.deadline());
        self.set(stream);
        open.add(stream);
        if (closing.getCount() == 0) {
            stream.close();
        }
        return stream;
    }

    private static ResultManifest nothing() {
        return new ResultManifest(
                "ARROW_STREAM",
                false,
                new ResultSchema(List.of()),
                OptionalLong.of(0),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false);
    }

    private void ended(ResultStream stream, StatementAnswer answer) {
        open.remove(stream);
        closeStatement(answer);
    }

    /** Lets the server forget the result at once; it would do so by itself within the hour. */
    private void closeStatement(StatementAnswer answer) {
        if (answer.state() == StatementAnswer.State.CLOSED) {
            return;
        }
        StatementId id = answer.id();
        try {
            Uninterrupted.call(() -> {
                statements.close(id, Deadline.after(limits.ending()));
                return id;
            });
        } catch (LakeportException e) {
            LOG.debug("closing statement {} failed; the server will expire it", id, e);
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
        List.copyOf(open).forEach(ResultStream::close);
        awaitRunning();
        List.copyOf(open).forEach(ResultStream::close);
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
