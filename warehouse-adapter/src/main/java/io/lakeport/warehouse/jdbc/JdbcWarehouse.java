package io.lakeport.warehouse.jdbc;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A SQL warehouse through the official driver: a session for each statement. Thread-safe. */
final class JdbcWarehouse implements Warehouse {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcWarehouse.class);
    private static final Duration ENDING = Duration.ofSeconds(20);

    private final WarehouseContext context;
    private final String url;
    private final DriverCopies copies;
    private final ExecutorService threads = Executors.newCachedThreadPool(JdbcWarehouse::thread);
    private final Set<Execution> running = ConcurrentHashMap.newKeySet();
    private final Set<ResultStream> open = ConcurrentHashMap.newKeySet();
    private @Nullable IsolatedDriver driver;
    private boolean closed;

    JdbcWarehouse(WarehouseContext context, String url, DriverCopies copies) {
        this.context = context;
        this.url = url;
        this.copies = copies;
    }

    private static Thread thread(Runnable action) {
        Thread thread = new Thread(action, "lakeport-jdbc");
        thread.setDaemon(true);
        return thread;
    }

    private synchronized IsolatedDriver driver() {
        if (closed) {
            throw new IllegalStateException("the warehouse was closed; open another one");
        }
        if (driver == null) {
            driver = copies.lease(context.tenant().userAgent());
        }
        return driver;
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        try {
            request.deadline().check("the statement");
            IsolatedDriver copy = driver();
            PositionalSql sql = PositionalSql.of(request);
            AccessToken token = context.tokens().token(request.deadline());
            Execution execution = new Execution(new StatementExchange(context, url, copy, request, sql, token));
            return stream(request, sql, token, await(execution, request.deadline()));
        } catch (LakeportException e) {
            throw e.with("tenant", context.tenant().id().value())
                    .with("warehouse", context.warehouse().value());
        }
    }

    private Execution.Result await(Execution execution, Deadline deadline) {
        running.add(execution);
        try {
            Future<Execution.Result> result = threads.submit(execution);
            return result.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LakeportException known) {
                throw known;
            }
            throw new LakeportException(CoreError.INTERNAL, "the JDBC driver failed unexpectedly", e.getCause());
        } catch (TimeoutException e) {
            end(execution);
            throw Deadline.expired("the statement");
        } catch (InterruptedException e) {
            end(execution);
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "interrupted while the statement ran", e);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the warehouse was closed; open another one", e);
        } finally {
            running.remove(execution);
        }
    }

    private void end(Execution execution) {
        if (!execution.abandon(ENDING)) {
            LOG.warn("a statement on warehouse {} was not seen to end", context.warehouse());
        }
    }

    private ResultStream stream(
            StatementRequest request, PositionalSql sql, AccessToken token, Execution.Result result) {
        JdbcResultStream stream = JdbcResultStream.of(context, request, sql, token, result, open::remove);
        open.add(stream);
        boolean tooLate;
        synchronized (this) {
            tooLate = closed;
        }
        if (tooLate) {
            stream.close();
        }
        return stream;
    }

    @Override
    public Set<WarehouseCapability> capabilities() {
        return Set.of(WarehouseCapability.NAMED_PARAMETERS);
    }

    @Override
    public void close() {
        boolean leased;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            leased = driver != null;
        }
        List.copyOf(running).forEach(this::end);
        List.copyOf(open).forEach(ResultStream::close);
        threads.shutdown();
        if (leased) {
            copies.release(context.tenant().userAgent());
        }
    }
}
