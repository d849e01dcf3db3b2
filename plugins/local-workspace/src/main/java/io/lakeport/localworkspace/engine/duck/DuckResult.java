package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.engine.ArrowFields;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.DuckTypes;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;

/** Rows that DuckDB streams. */
final class DuckResult implements EngineResult {
    /** Databricks' own chunk size, and DuckDB's row group. */
    private static final int BATCH_ROWS = 122_880;

    private static final int MOST_SECONDS_TO_TELL = 30;
    /** Longer names do not come through Arrow's C interface; the reader names columns by position anyway. */
    private static final int LONGEST_NAME = 1000;

    private final List<EngineColumn> columns;
    private final RelabelReader reader;
    private final String statementType;
    private final PreparedStatement statement;
    private final Execution execution;

    private DuckResult(
            List<EngineColumn> columns,
            RelabelReader reader,
            String statementType,
            PreparedStatement statement,
            Execution execution) {
        this.columns = columns;
        this.reader = reader;
        this.statementType = statementType;
        this.statement = statement;
        this.execution = execution;
    }

    /**
     * Starts a query.
     *
     * @param zone the session's time zone
     * @param execution is told which statement a cancel must end
     */
    static DuckResult open(
            Connection connection,
            BufferAllocator allocator,
            Query query,
            String zone,
            String statementType,
            boolean answersColumns,
            Execution execution)
            throws SQLException {
        Prepared prepared = prepare(connection, query);
        PreparedStatement statement = prepared.statement();
        BufferAllocator own = allocator.newChildAllocator(statementType, 0, Long.MAX_VALUE);
        try {
            execution.begin(statement);
            ArrowReader source = stream(connection, prepared, own, execution);
            RelabelReader reader = new RelabelReader(source, schema(query, zone), own, execution);
            DuckResult result = new DuckResult(
                    answersColumns ? columns(query) : List.of(), reader, statementType, statement, execution);
            reader.prefetch();
            return result;
        } catch (SQLException | RuntimeException e) {
            execution.end();
            statement.close();
            closeAfter(e, own);
            throw e;
        }
    }

    /** What failed first is what the caller must see, not what its half-made reader still holds. */
    private static void closeAfter(Exception failure, BufferAllocator allocator) {
        try {
            allocator.close();
        } catch (IllegalStateException e) {
            failure.addSuppressed(e);
        }
    }

    private static ArrowReader stream(
            Connection connection, Prepared prepared, BufferAllocator allocator, Execution execution)
            throws SQLException {
        long began = System.nanoTime();
        try {
            DuckDBResultSet rows = (DuckDBResultSet) prepared.statement().executeQuery();
            return (ArrowReader) rows.arrowExportStream(allocator, BATCH_ROWS);
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("Invalid result set")) {
                tell(connection, prepared.sql(), execution, Duration.ofNanos(System.nanoTime() - began));
            }
            throw e;
        }
    }

    /**
     * Fails as the query failed. A stream that fails before its first row loses its message; run as a whole, the query
     * tells it. Only queries come here, never what changes a table; the second run may last little longer than the first.
     */
    private static void tell(Connection connection, String sql, Execution execution, Duration first)
            throws SQLException {
        try (Statement whole = connection.createStatement()) {
            execution.begin(whole);
            whole.setQueryTimeout((int) Math.min(MOST_SECONDS_TO_TELL, first.toSeconds() + 2));
            whole.execute("EXPLAIN ANALYZE " + sql);
        } catch (SQLException e) {
            if (!execution.isCancelled() && String.valueOf(e.getMessage()).contains("INTERRUPT")) {
                throw DuckErrors.unexplained(e);
            }
            throw e;
        }
        throw DuckErrors.unexplained(null);
    }

    private record Prepared(String sql, PreparedStatement statement) {}

    /** Prepares the query so that every column has exactly the DuckDB type that holds its Databricks type. */
    private static Prepared prepare(Connection connection, Query query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query.sql());
        String sql = exactly(statement.getMetaData(), query);
        if (sql.equals(query.sql())) {
            return new Prepared(sql, statement);
        }
        statement.close();
        return new Prepared(sql, connection.prepareStatement(sql));
    }

    private static String exactly(ResultSetMetaData meta, Query query) throws SQLException {
        List<String> list = new ArrayList<>();
        boolean exact = true;
        for (int i = 0; i < query.columns().size(); i++) {
            Query.Output c = query.columns().get(i);
            String label = Identifiers.duck(c.label());
            boolean fits =
                    DuckTypes.sameText(meta.getColumnTypeName(i + 1), c.type().duck());
            boolean named = label.length() <= LONGEST_NAME;
            exact &= fits && named;
            String value = fits ? label : "CAST(" + label + " AS " + c.type().duck() + ")";
            list.add(fits && named ? label : value + " AS " + (named ? label : "c" + i));
        }
        return exact ? query.sql() : "SELECT " + String.join(", ", list) + " FROM (" + query.sql() + ")";
    }

    private static Schema schema(Query query, String zone) {
        ArrowFields fields = new ArrowFields(zone);
        return new Schema(query.columns().stream()
                .map(c -> fields.of(c.name(), c.type(), c.nullable() || c.type().is(Kind.VOID)))
                .toList());
    }

    private static List<EngineColumn> columns(Query query) {
        return query.columns().stream()
                .map(c -> new EngineColumn(
                        c.name(), c.type().text(), c.type().kind().apiName(), c.nullable()))
                .toList();
    }

    @Override
    public List<EngineColumn> columns() {
        return columns;
    }

    @Override
    public ArrowReader reader() {
        return reader;
    }

    @Override
    public String statementType() {
        return statementType;
    }

    @Override
    public void close() {
        execution.end();
        try (statement) {
            reader.close();
        } catch (SQLException | IOException e) {
            throw DuckErrors.translate(e);
        }
    }
}
