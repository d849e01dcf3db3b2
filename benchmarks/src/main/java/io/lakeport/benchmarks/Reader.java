package io.lakeport.benchmarks;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.time.Deadline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;

/** The ways to read the table; each touches every value and returns how many rows it saw. */
enum Reader {
    /** Lakeport's chunks: Arrow IPC bytes, decoded and checked, as an encoder or a host's Arrow library takes them. */
    CHUNKS {
        @Override
        long read(String[] connection) {
            try (Warehouse warehouse = Workbench.sea(connection[0], connection[1], connection[2]);
                    ResultStream stream = warehouse.execute(request())) {
                long rows = 0;
                long sum = 0;
                for (Optional<ResultChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
                    try (ResultChunk chunk = next.get()) {
                        rows += chunk.rowCount();
                        sum += chunk.data().getLong(chunk.data().remaining() - Long.BYTES);
                    }
                }
                sink(sum);
                return rows;
            }
        }
    },
    /** Lakeport's row cursor with typed getters. */
    CURSOR {
        @Override
        long read(String[] connection) {
            try (Warehouse warehouse = Workbench.sea(connection[0], connection[1], connection[2]);
                    RowCursor cursor = ArrowRowCursor.over(warehouse.execute(request()))) {
                return rows(cursor);
            }
        }
    },
    /** The official driver's result set with typed getters, in its Statement Execution mode. */
    DRIVER {
        @Override
        long read(String[] connection) throws SQLException {
            try (Connection jdbc = DriverManager.getConnection(connection[3]);
                    Statement statement = jdbc.createStatement();
                    ResultSet result = statement.executeQuery(BenchTable.readSql())) {
                int[] types = new int[result.getMetaData().getColumnCount()];
                for (int column = 0; column < types.length; column++) {
                    types[column] = result.getMetaData().getColumnType(column + 1);
                }
                long rows = 0;
                long sum = 0;
                while (result.next()) {
                    rows++;
                    for (int column = 0; column < types.length; column++) {
                        sum += value(result, column + 1, types[column]);
                    }
                }
                sink(sum);
                return rows;
            }
        }
    };

    /** Keep the JIT from dropping reads; an object that is stored here must have been made. */
    private static volatile long BLACKHOLE;

    private static Object last = "";

    static void sink(long sum) {
        BLACKHOLE += sum;
    }

    /** Reads every value of every row and returns how many rows there were. */
    static long rows(RowCursor cursor) {
        SqlType.Kind[] kinds = cursor.schema().columns().stream()
                .map(column -> column.type().kind())
                .toArray(SqlType.Kind[]::new);
        long rows = 0;
        long sum = 0;
        while (cursor.next()) {
            rows++;
            for (int column = 0; column < kinds.length; column++) {
                sum += value(cursor, column, kinds[column]);
            }
        }
        sink(sum);
        return rows;
    }

    /**
     * Reads the table once.
     *
     * @param connection base URL, token, warehouse id, JDBC URL
     */
    abstract long read(String[] connection) throws SQLException;

    private static StatementRequest request() {
        return StatementRequest.of(BenchTable.readSql()).build(Deadline.after(Duration.ofMinutes(10)));
    }

    private static long value(RowCursor cursor, int column, SqlType.Kind kind) {
        if (cursor.isNull(column)) {
            return 0;
        }
        return switch (kind) {
            case TINYINT, SMALLINT, INT, BIGINT -> cursor.getLong(column);
            case DECIMAL -> hash(cursor.getDecimal(column));
            case DATE -> hash(cursor.getDate(column));
            case TIMESTAMP -> hash(cursor.getTimestamp(column));
            default -> hash(cursor.getString(column));
        };
    }

    private static long value(ResultSet result, int column, int type) throws SQLException {
        return switch (type) {
            case Types.INTEGER, Types.BIGINT -> result.getLong(column);
            case Types.DECIMAL -> hash(result.getBigDecimal(column));
            case Types.DATE -> hash(result.getDate(column));
            case Types.TIMESTAMP -> hash(result.getTimestamp(column));
            default -> hash(result.getString(column));
        };
    }

    /** Costs next to nothing, so that the readers are measured and not this. */
    private static long hash(@org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            return 0;
        }
        last = value;
        return 1;
    }
}
