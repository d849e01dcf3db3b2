package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.PermissionLevel;
import io.lakeport.localworkspace.access.Permissions;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.file.FileLinks;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.warehouse.Warehouse;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;

/** Takes statements, runs them and keeps their results for a while. Thread-safe. */
public final class StatementService implements AutoCloseable {
    /** The service promises to keep a statement only for a client that polls as often as this. */
    private static final Duration POLL_AT_LEAST = Duration.ofMinutes(15);

    private final StatementSettings settings;
    private final Warehouses warehouses;
    private final Permissions permissions;
    private final Clock clock;
    private final Sessions sessions;
    private final BoundedHistory history;
    private final StatementThreads threads;
    private final StatementRun run;
    private final List<StatementListener> listeners = new CopyOnWriteArrayList<>();
    private final StatementFaults faults;
    private final Map<String, Statement> statements = new ConcurrentHashMap<>();

    /**
     * Creates the service on an engine, which stays the caller's to close.
     *
     * @param links signs the links by which clients move files
     */
    public StatementService(
            Engine engine,
            Warehouses warehouses,
            Permissions permissions,
            StatementSettings settings,
            StatementFaults faults,
            FileLinks links,
            Clock clock) {
        this.faults = faults;
        this.settings = settings;
        this.warehouses = warehouses;
        this.permissions = permissions;
        this.clock = clock;
        this.sessions = new Sessions(engine, settings.resultLifetime(), clock);
        this.history = new BoundedHistory(settings.historyCapacity());
        this.threads = new StatementThreads(settings.concurrency(), settings.queueCapacity());
        this.run = new StatementRun(sessions, warehouses, listeners, settings, threads, links);
        warehouses.countSessionsBy(sessions::countOn);
        threads.everyMinute(this::expire);
    }

    /** Tells a listener of statements from now on. */
    public void listen(StatementListener listener) {
        listeners.add(listener);
    }

    private void changed(QueryRecord record) {
        history.put(record);
        listeners.forEach(listener -> listener.changed(record));
    }

    /** Returns the statements that ran. */
    public StatementHistory history() {
        return history;
    }

    Sessions sessions() {
        return sessions;
    }

    /** Takes a statement and waits for it as long as its request says. */
    Statement execute(StatementRequest request, Caller caller) throws InterruptedException {
        requireWarehouse(request.warehouseId(), caller.principal());
        Map<String, String> tags = request.sessionId()
                .map(id -> useSession(id, caller.principal()).tags())
                .orElse(Map.of());
        Optional<StatementFault> fault = faults.onExecute(
                request.sql(), caller.principal(), caller.origin().userAgent());
        fault.filter(planned -> planned.kind() == StatementFault.Kind.COLD_START)
                .ifPresent(cold -> warehouses.find(request.warehouseId()).ifPresent(w -> w.coldStart(cold.duration())));
        Statement statement = new Statement(StatementIds.next(), request, caller, tags, fault, clock, this::changed);
        statements.put(statement.id(), statement);
        Optional<Warehouse> warehouse = warehouses.find(request.warehouseId());
        warehouse.ifPresent(Warehouse::enterStatement);
        try {
            threads.run(() -> {
                try {
                    run.run(statement);
                } finally {
                    warehouse.ifPresent(Warehouse::leaveStatement);
                }
            });
        } catch (RejectedExecutionException e) {
            warehouse.ifPresent(Warehouse::leaveStatement);
            statements.remove(statement.id());
            statement.cancel();
            throw new ApiException(
                    429, "REQUEST_LIMIT_EXCEEDED", "Too many statements are queued on the warehouse. Try again later.");
        }
        // Without a wait the call is asynchronous, and what should happen after the wait is ignored.
        boolean mayCancel = request.cancelOnTimeout() && !request.waitTimeout().isZero();
        statement.attend();
        if (!statement.await(request.waitTimeout()) && mayCancel) {
            statement.cancel();
        }
        statement.touch();
        return statement;
    }

    /** Returns an open session of this principal, for a statement or a metadata call. */
    WorkspaceSession useSession(String id, Principal principal) {
        if (faults.expiresSession(principal)) {
            closeSession(id, principal);
        }
        return sessions.get(id, principal);
    }

    /** Returns the same statements for other protocols. */
    public StatementGateway gateway() {
        return new StatementGateway(this, newSigner());
    }

    /** Returns a signer of links to chunks of this service. */
    LinkSigner newSigner() {
        return new LinkSigner(settings.linkLifetime(), clock, faults);
    }

    /** Returns the text of a statement that is still known. */
    public Optional<String> text(String id) {
        return Optional.ofNullable(statements.get(id))
                .map(statement -> statement.request().sql());
    }

    void requireWarehouse(String id, Principal principal) {
        if (!id.matches("[0-9a-f]{16}")) {
            throw ApiException.invalid(id + " is not a valid endpoint id.");
        }
        if (warehouses.find(id).isEmpty()) {
            // The service does not tell one that is not there from one that the caller may not use, say recordings.
            throw Permissions.warehouseRefused();
        }
        permissions.require(principal, ObjectType.WAREHOUSES, id, PermissionLevel.CAN_USE);
    }

    /** Returns a statement of this principal. */
    Statement get(String id, Principal principal) {
        Statement statement = statements.get(id);
        if (statement == null || !statement.owner().equals(principal) || isExpired(statement)) {
            throw ApiException.notFound("The statement " + id + " was not found.");
        }
        statement.touch();
        return statement;
    }

    private boolean isExpired(Statement statement) {
        Instant limit = clock.instant().minus(settings.resultLifetime());
        return statement.endedAt().filter(end -> end.isBefore(limit)).isPresent();
    }

    /** Returns a chunk that can be fetched, whoever asks: a link proves the right to it. */
    Optional<StoredChunk> chunk(String statementId, int index) {
        return Optional.ofNullable(statements.get(statementId))
                .filter(statement -> !statement.isLost())
                .flatMap(Statement::result)
                .filter(result -> index >= 0 && index < result.chunks().size())
                .map(result -> result.chunks().get(index));
    }

    /** Cancels what runs in a session and closes it. */
    void closeSession(String id, Principal principal) {
        sessions.get(id, principal);
        statements.values().stream()
                .filter(statement ->
                        statement.request().sessionId().filter(id::equals).isPresent())
                .forEach(Statement::cancel);
        sessions.close(id, principal);
    }

    /** Closes a statement and deletes its result. */
    void close(String id, Principal principal) {
        discard(get(id, principal));
    }

    private void discard(Statement statement) {
        statement.close();
        SpoolDirectory.delete(settings.spoolDirectory().resolve(statement.id()));
    }

    private void expire() {
        Instant forsaken = clock.instant().minus(POLL_AT_LEAST);
        for (Statement statement : List.copyOf(statements.values())) {
            if (statement.isForsakenSince(forsaken)) {
                statement.cancel();
            }
            if (isExpired(statement)) {
                discard(statement);
                statements.remove(statement.id());
            }
        }
        sessions.closeIdle();
    }

    /** Cancels every statement, closes every session and deletes every result. */
    @Override
    public void close() {
        statements.values().forEach(Statement::close);
        sessions.closeAll();
        threads.close();
        SpoolDirectory.delete(settings.spoolDirectory());
    }
}
