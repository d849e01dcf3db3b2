package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.file.FileLinks;
import io.lakeport.localworkspace.warehouse.Warehouse;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a statement from PENDING to its end, on the calling thread. Thread-safe. */
final class StatementRun {
    private static final Duration WAIT_STEP = Duration.ofMillis(50);

    private static final StatementError TOO_COMPLEX = new StatementError(
            "BAD_REQUEST",
            "[FAILED_TO_PARSE_TOO_COMPLEX] The statement, including potential SQL functions and referred views, was too"
                    + " complex to parse. To mitigate this error divide the statement into multiple, less complex"
                    + " chunks. SQLSTATE: 54001",
            "54001");

    private final Sessions sessions;
    private final Warehouses warehouses;
    private final List<StatementListener> listeners;
    private final StatementSettings settings;
    private final StatementThreads threads;
    private final FileLinks links;

    StatementRun(
            Sessions sessions,
            Warehouses warehouses,
            List<StatementListener> listeners,
            StatementSettings settings,
            StatementThreads threads,
            FileLinks links) {
        this.sessions = sessions;
        this.warehouses = warehouses;
        this.listeners = listeners;
        this.settings = settings;
        this.threads = threads;
        this.links = links;
    }

    void run(Statement statement) {
        try {
            Optional<Warehouse> warehouse = warehouses.find(statement.request().warehouseId());
            if (warehouse.isPresent()) {
                String failure = warehouse.get().startFailure();
                if (failure != null) {
                    statement.fail(new StatementError("TEMPORARILY_UNAVAILABLE", failure, "58030"));
                    return;
                }
                awaitRunning(statement, warehouse.get());
            }
            statement.computeReady();
            Optional<String> sessionId = statement.request().sessionId();
            if (sessionId.isPresent()) {
                inSession(statement, sessions.get(sessionId.get(), statement.owner()));
            } else if (statement.state() == StatementState.PENDING) {
                StatementRequest request = statement.request();
                try (EngineSession engine = sessions.single(statement.owner(), request.catalog(), request.schema())) {
                    execute(statement, engine);
                }
            }
        } catch (EngineException e) {
            statement.fail(new StatementError("BAD_REQUEST", String.valueOf(e.getMessage()), e.sqlState()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            statement.cancel();
        } catch (StackOverflowError e) {
            statement.fail(TOO_COMPLEX);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            statement.fail(new StatementError("INTERNAL_ERROR", "The local workspace failed: " + e, "XX000"));
        }
    }

    private static void awaitRunning(Statement statement, Warehouse warehouse) throws InterruptedException {
        Duration left = warehouse.untilRunning();
        if (left.isZero()) {
            return;
        }
        warehouse.enterWait();
        try {
            while (!left.isZero() && statement.state() == StatementState.PENDING) {
                // In steps, so that a cancelled statement does not hold its thread.
                Duration step = left.compareTo(WAIT_STEP) < 0 ? left : WAIT_STEP;
                statement.await(step.plusMillis(1));
                left = warehouse.untilRunning();
            }
        } finally {
            warehouse.leaveWait();
        }
    }

    private void inSession(Statement statement, WorkspaceSession session) throws IOException, InterruptedException {
        session.enter();
        try {
            if (session.isClosed()) {
                statement.cancel();
            } else {
                execute(statement, session.engine());
            }
        } finally {
            session.leave();
        }
    }

    private void execute(Statement statement, EngineSession engine) throws IOException, InterruptedException {
        Cancellation cancellation = new Cancellation(engine, threads.scheduler());
        statement.executedIn(engine.catalog(), engine.schema());
        if (statement.begin(cancellation::cancel)) {
            try {
                if (statement.hasFault(StatementFault.Kind.FAIL)) {
                    statement.fault().map(StatementFault::error).ifPresent(statement::fail);
                } else if (NestingGuard.isTooDeep(statement.request().sql())) {
                    statement.fail(TOO_COMPLEX);
                } else if (!statement.hasFault(StatementFault.Kind.HANG)) {
                    executeBegun(statement, engine);
                }
            } finally {
                cancellation.finish();
            }
        }
    }

    private void executeBegun(Statement statement, EngineSession engine) throws IOException, InterruptedException {
        StatementRequest request = statement.request();
        listeners.forEach(listener -> listener.beginning(request.sql(), engine.catalog(), engine.schema()));
        Path directory = settings.spoolDirectory().resolve(statement.id());
        StoredResult stored;
        try (EngineResult result =
                TransferResult.of(engine.execute(request.sql(), request.parameters()), links, statement.base())) {
            Files.createDirectories(directory);
            stored = new ResultSpooler(request.delivery(), settings.chunkRows(), directory, threads.encoders())
                    .spool(result);
        }
        if (statement.hasFault(StatementFault.Kind.KEEP_RUNNING)) {
            long millis = statement.fault().orElseThrow().duration().toMillis();
            threads.scheduler().schedule(() -> succeed(statement, stored, directory), millis, TimeUnit.MILLISECONDS);
        } else {
            succeed(statement, stored, directory);
        }
    }

    private static void succeed(Statement statement, StoredResult stored, Path directory) {
        if (!statement.succeed(stored)) {
            SpoolDirectory.delete(directory);
        }
    }
}
