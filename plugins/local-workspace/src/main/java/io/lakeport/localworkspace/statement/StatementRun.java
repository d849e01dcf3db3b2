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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a statement from PENDING to its end, on the calling thread. Thread-safe. */
final class StatementRun {
    private static final Duration WAIT_STEP = Duration.ofMillis(50);

    private final Sessions sessions;
    private final Warehouses warehouses;
    private final HistoryTable historyTable;
    private final Path spoolDirectory;
    private final StatementThreads threads;
    private final FileLinks links;

    StatementRun(
            Sessions sessions,
            Warehouses warehouses,
            HistoryTable historyTable,
            Path spoolDirectory,
            StatementThreads threads,
            FileLinks links) {
        this.sessions = sessions;
        this.warehouses = warehouses;
        this.historyTable = historyTable;
        this.spoolDirectory = spoolDirectory;
        this.threads = threads;
        this.links = links;
    }

    void run(Statement statement) {
        try {
            awaitWarehouse(statement);
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
        } catch (IOException | RuntimeException e) {
            statement.fail(new StatementError("INTERNAL_ERROR", "The local workspace failed: " + e, "XX000"));
        }
    }

    private void awaitWarehouse(Statement statement) throws InterruptedException {
        Optional<Warehouse> warehouse = warehouses.find(statement.request().warehouseId());
        Duration left = warehouse.map(Warehouse::untilRunning).orElse(Duration.ZERO);
        while (!left.isZero() && statement.state() == StatementState.PENDING) {
            // In steps, so that a cancelled statement does not hold its thread.
            Duration step = left.compareTo(WAIT_STEP) < 0 ? left : WAIT_STEP;
            statement.await(step.plusMillis(1));
            left = warehouse.map(Warehouse::untilRunning).orElse(Duration.ZERO);
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
        if (statement.begin(cancellation::cancel)) {
            try {
                if (statement.hasFault(StatementFault.Kind.FAIL)) {
                    statement.fault().map(StatementFault::error).ifPresent(statement::fail);
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
        historyTable.refreshFor(request.sql());
        Path directory = spoolDirectory.resolve(statement.id());
        StoredResult stored;
        try (EngineResult result =
                TransferResult.of(engine.execute(request.sql(), request.parameters()), links, statement.base())) {
            Files.createDirectories(directory);
            stored = new ResultSpooler(request.delivery(), directory, threads.encoders()).spool(result);
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
