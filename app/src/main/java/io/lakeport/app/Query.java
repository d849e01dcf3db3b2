package io.lakeport.app;

import io.lakeport.app.wiring.TenantPorts;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One statement of a tenant, collected and then run. Not thread-safe; each run is a statement of its own. */
public final class Query {
    /** The most rows that a {@link Purpose#CONTEXT} statement ever returns. */
    public static final long CONTEXT_ROWS = 1_000;

    private final TenantPorts ports;
    private final AsyncCalls async;
    private final String sql;
    private final java.util.List<SqlParameter> parameters = new java.util.ArrayList<>();
    private Optional<String> catalog = Optional.empty();
    private Optional<String> schema = Optional.empty();
    private Purpose purpose = Purpose.ANALYTICS;
    private OptionalLong limit = OptionalLong.empty();
    private Duration timeout;
    private WarehouseId warehouse;
    private Optional<Duration> maxAge = Optional.empty();

    Query(TenantPorts ports, AsyncCalls async, String sql) {
        this.ports = ports;
        this.async = async;
        this.sql = sql;
        this.timeout = ports.tenant().statementTimeout();
        this.warehouse = ports.tenant().defaultWarehouse();
        // A blank text is refused here and not when the statement runs.
        StatementRequest.of(sql);
    }

    /** Binds a parameter; see {@link SqlParameter#of} for the classes of {@code value}. */
    public Query parameter(String name, @Nullable Object value) {
        return parameter(SqlParameter.of(name, value));
    }

    /** Binds a parameter of a type of your choice. */
    public Query parameter(SqlParameter parameter) {
        parameters.add(parameter);
        return this;
    }

    /** Sets the catalog for names with fewer than three levels. */
    public Query catalog(String name) {
        this.catalog = Optional.of(name);
        return this;
    }

    /** Sets the schema for bare names. */
    public Query schema(String name) {
        this.schema = Optional.of(name);
        return this;
    }

    /** Sets why the statement runs; a CONTEXT statement returns at most {@link #CONTEXT_ROWS} rows. */
    public Query purpose(Purpose why) {
        this.purpose = why;
        return this;
    }

    /** Sets how many rows the result may have; positive. The result is cut there. */
    public Query limit(long rows) {
        if (rows <= 0) {
            throw new IllegalArgumentException("row limit " + rows + " is not positive");
        }
        this.limit = OptionalLong.of(rows);
        return this;
    }

    /** Sets how long the statement may take until its first rows are there; the tenant's when not set. */
    public Query timeout(Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("timeout " + time + " is not positive");
        }
        this.timeout = time;
        return this;
    }

    /** Sets the warehouse; one of the tenant's. */
    public Query warehouse(String id) {
        this.warehouse = WarehouseId.of(id);
        return this;
    }

    /**
     * Lets the result come from this process's memory, and stay there for who asks the same next. It is never stale: it
     * is given again only if every table that the statement reads, through views as well, is what it was; it is never
     * given to another tenant; and not after the right to run the statement was taken away. Checking that takes two
     * small statements for each table and one for the rights, so it pays for queries that take longer than those.
     *
     * <p>A statement whose result could be another one although no table changed ({@code rand()}, {@code now()},
     * functions of the customer's own), or whose tables have no versions, runs as if this was not asked for; so does one
     * whose result is too large. {@link ResultStream#notes()} says why. The result is complete in memory before the
     * first row is given.
     *
     * @param age how old a result may be; positive
     */
    public Query cached(Duration age) {
        if (age.isZero() || age.isNegative()) {
            throw new IllegalArgumentException("age " + age + " is not positive");
        }
        this.maxAge = Optional.of(age);
        return this;
    }

    /** Runs the statement; the caller closes the stream. See {@link io.lakeport.core.query.Warehouse#execute}. */
    public ResultStream stream() {
        return runner().apply(request());
    }

    /** Returns what runs a request as the options stand now, whichever are set later. */
    private Function<StatementRequest, ResultStream> runner() {
        WarehouseId where = warehouse;
        Optional<Duration> age = maxAge;
        return request -> age.isEmpty()
                ? ports.warehouse(where).execute(request)
                : ports.shared().results().read(ports.warehouse(where), ports.tenant(), where, request, age.get());
    }

    /** Runs the statement and reads it row by row; the caller closes the cursor. */
    public RowCursor rows() {
        ResultStream stream = stream();
        try {
            return ports.shared().rows().apply(stream);
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Runs the statement on another thread; the caller closes the stream. */
    public CompletionStage<ResultStream> streamAsync() {
        StatementRequest request = request();
        Function<StatementRequest, ResultStream> runner = runner();
        return async.call(() -> runner.apply(request));
    }

    /**
     * Returns the result as a publisher for one subscriber, who gets chunks as it asks for them and closes each. The
     * statement runs when it is subscribed to; cancelling the subscription ends it on the server.
     */
    public Flow.Publisher<ResultChunk> publish() {
        StatementRequest.Builder request = builder();
        Duration patience = timeout;
        Function<StatementRequest, ResultStream> runner = runner();
        return new ChunkPublisher(() -> runner.apply(request.build(Deadline.after(patience))), async);
    }

    /**
     * Keeps the result as a table of the customer's own catalog, in place of one of that name, for whatever reads it
     * next. Nothing of it comes here. The tenant's access must be write-back, and the table's catalog within its scope;
     * a {@link #limit} holds as well.
     *
     * @return the id of the statement that wrote the table
     * @throws io.lakeport.core.error.LakeportException PERMISSION_DENIED (OUT_OF_SCOPE) before anything is sent
     */
    public StatementId materialise(TableName target) {
        String rows = effectiveLimit().isPresent()
                ? "SELECT * FROM (\n" + sql + "\n) LIMIT " + effectiveLimit().getAsLong()
                : sql;
        StatementRequest.Builder request = StatementRequest.of(
                        "CREATE OR REPLACE TABLE " + target.quoted() + " AS\n" + rows)
                .catalog(catalog)
                .schema(schema)
                .purpose(Purpose.WRITE_BACK);
        parameters.forEach(request::parameter);
        try (ResultStream written = ports.warehouse(warehouse).execute(request.build(Deadline.after(timeout)))) {
            return written.statementId();
        }
    }

    private StatementRequest request() {
        return builder().build(Deadline.after(timeout));
    }

    private StatementRequest.Builder builder() {
        StatementRequest.Builder request =
                StatementRequest.of(sql).catalog(catalog).schema(schema).purpose(purpose);
        parameters.forEach(request::parameter);
        effectiveLimit().ifPresent(request::rowLimit);
        return request;
    }

    private OptionalLong effectiveLimit() {
        if (purpose != Purpose.CONTEXT) {
            return limit;
        }
        return OptionalLong.of(Math.min(CONTEXT_ROWS, limit.orElse(CONTEXT_ROWS)));
    }
}
