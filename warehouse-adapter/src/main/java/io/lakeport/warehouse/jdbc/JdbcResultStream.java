package io.lakeport.warehouse.jdbc;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.time.Deadline;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the driver, as chunks. How many rows there are, and whether they were cut at the limit, is known when they
 * have been read: {@link #totalRows()} is empty, and {@link #truncated()} is false before the last chunk.
 */
final class JdbcResultStream implements ResultStream {
    private static final Duration MEMORY_WAIT = Duration.ofMinutes(2);

    private final WarehouseContext context;
    private final RunningStatement statement;
    private final @Nullable ResultSet rows;
    private final String sql;
    private final StatementId id;
    private final ResultSchema schema;
    private final RowChunks chunks;
    private final Consumer<ResultStream> ending;
    private AccessToken token;
    private long offset;
    private long index;
    private boolean ended;
    private volatile boolean closed;

    private JdbcResultStream(
            WarehouseContext context,
            StatementRequest request,
            PositionalSql sql,
            AccessToken token,
            Execution.Result result,
            ResultSchema schema,
            Consumer<ResultStream> ending) {
        this.context = context;
        this.statement = result.statement();
        this.rows = result.rows();
        this.sql = sql.sql();
        this.id = result.statement().id().orElseGet(() -> new StatementId(request.tag()));
        this.schema = schema;
        this.token = token;
        this.chunks = new RowChunks(schema, context.budget(), request.rowLimit());
        this.ending = ending;
    }

    /** Takes over a result. It is closed when its columns cannot be read. */
    static JdbcResultStream of(
            WarehouseContext context,
            StatementRequest request,
            PositionalSql sql,
            AccessToken token,
            Execution.Result result,
            Consumer<ResultStream> ending) {
        try {
            ResultSet rows = result.rows();
            ResultSchema schema =
                    rows == null ? new ResultSchema(java.util.List.of()) : ResultTypes.of(rows.getMetaData());
            return new JdbcResultStream(context, request, sql, token, result, schema, ending);
        } catch (SQLException e) {
            result.statement().close();
            throw JdbcFailures.reading(e, sql.sql());
        }
    }

    @Override
    public StatementId statementId() {
        return id;
    }

    @Override
    public ResultSchema schema() {
        return schema;
    }

    @Override
    public OptionalLong totalRows() {
        return OptionalLong.empty();
    }

    @Override
    public boolean truncated() {
        return chunks.truncated();
    }

    @Override
    public Optional<ResultChunk> next() {
        if (closed && !ended) {
            throw new IllegalStateException("the result of statement " + id + " was closed; read it before closing");
        }
        if (ended) {
            return Optional.empty();
        }
        try {
            return read();
        } catch (SQLException e) {
            boolean wasClosed = closed;
            close();
            throw wasClosed
                    ? new LakeportException(CoreError.STATEMENT_CANCELLED, "the result was closed while it was read")
                    : JdbcFailures.reading(e, sql).with("statement_id", id.value());
        } catch (LakeportException e) {
            close();
            throw e.with("statement_id", id.value());
        } catch (ArithmeticException | ClassCastException e) {
            close();
            throw new LakeportException(
                            CoreError.RESULT_CORRUPT, "the driver gave a value that its column cannot hold", e)
                    .with("statement_id", id.value());
        }
    }

    private Optional<ResultChunk> read() throws SQLException {
        if (rows == null) {
            finish();
            return Optional.empty();
        }
        refreshToken();
        Deadline deadline = Deadline.after(MEMORY_WAIT);
        int count = chunks.fill(rows, deadline);
        if (count == 0) {
            finish();
            return Optional.empty();
        }
        MemoryBudget.Reservation held = context.budget().reserve(chunks.bytes(), deadline);
        ByteBuffer data = chunks.take();
        held.shrinkTo(data.capacity());
        ResultChunk chunk = new ResultChunk(index++, offset, count, data, held::close);
        offset += count;
        return Optional.of(chunk);
    }

    /** A result may be read for longer than a token lives, and the driver fetches its links as it goes. */
    private void refreshToken() throws SQLException {
        AccessToken now = context.tokens().token(Deadline.after(MEMORY_WAIT));
        if (!now.value().sameValueAs(token.value())) {
            statement.refresh(now.value().reveal());
            token = now;
        }
    }

    private void finish() {
        ended = true;
        close();
    }

    @Override
    public void close() {
        synchronized (chunks) {
            if (closed) {
                return;
            }
            closed = true;
        }
        statement.close();
        chunks.close();
        ending.accept(this);
    }
}
