package io.lakeport.localworkspace.engine.duck;

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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/** Rows that DuckDB streams. */
final class DuckResult implements EngineResult {
    /** Databricks' own chunk size, and DuckDB's row group. */
    private static final int BATCH_ROWS = 122_880;

    private final List<EngineColumn> columns;
    private final RelabelReader reader;
    private final String statementType;
    private final PreparedStatement statement;
    private final Consumer<@Nullable Statement> running;

    private DuckResult(
            List<EngineColumn> columns,
            RelabelReader reader,
            String statementType,
            PreparedStatement statement,
            Consumer<@Nullable Statement> running) {
        this.columns = columns;
        this.reader = reader;
        this.statementType = statementType;
        this.statement = statement;
        this.running = running;
    }

    /** Starts a query; {@code running} is told which statement a cancel must end. */
    static DuckResult open(
            Connection connection,
            BufferAllocator allocator,
            Query query,
            String statementType,
            boolean answersColumns,
            Consumer<@Nullable Statement> running)
            throws SQLException {
        PreparedStatement statement = prepare(connection, query);
        BufferAllocator own = allocator.newChildAllocator(statementType, 0, Long.MAX_VALUE);
        try {
            running.accept(statement);
            ArrowReader source = stream(connection, query, statement, own, running);
            RelabelReader reader = new RelabelReader(source, schema(query), own);
            DuckResult result = new DuckResult(
                    answersColumns ? columns(query) : List.of(), reader, statementType, statement, running);
            reader.prefetch();
            return result;
        } catch (SQLException | RuntimeException e) {
            running.accept(null);
            statement.close();
            own.close();
            throw e;
        }
    }

    private static ArrowReader stream(
            Connection connection,
            Query query,
            PreparedStatement statement,
            BufferAllocator allocator,
            Consumer<@Nullable Statement> running)
            throws SQLException {
        try {
            DuckDBResultSet rows = (DuckDBResultSet) statement.executeQuery();
            return (ArrowReader) rows.arrowExportStream(allocator, BATCH_ROWS);
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("Invalid result set")) {
                // A stream that fails before its first row loses its message; run as a whole, the query tells it.
                try (Statement whole = connection.createStatement()) {
                    running.accept(whole);
                    whole.execute("EXPLAIN ANALYZE " + query.sql());
                }
            }
            throw e;
        }
    }

    /** Prepares the query so that every column has exactly the DuckDB type that holds its Databricks type. */
    private static PreparedStatement prepare(Connection connection, Query query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query.sql());
        ResultSetMetaData meta = statement.getMetaData();
        List<String> list = new ArrayList<>();
        boolean exact = true;
        for (int i = 0; i < query.columns().size(); i++) {
            Query.Output c = query.columns().get(i);
            String label = Identifiers.duck(c.label());
            boolean fits =
                    DuckTypes.sameText(meta.getColumnTypeName(i + 1), c.type().duck());
            exact &= fits;
            list.add(fits ? label : "CAST(" + label + " AS " + c.type().duck() + ") AS " + label);
        }
        if (exact) {
            return statement;
        }
        statement.close();
        return connection.prepareStatement("SELECT " + String.join(", ", list) + " FROM (" + query.sql() + ")");
    }

    private static Schema schema(Query query) {
        return new Schema(query.columns().stream()
                .map(c -> ArrowFields.of(
                        c.name(), c.type(), c.nullable() || c.type().is(Kind.VOID)))
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
        running.accept(null);
        try (statement) {
            reader.close();
        } catch (SQLException | IOException e) {
            throw DuckErrors.translate(e);
        }
    }
}
