package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** Plain DuckDB without any translation, for tests of the server half. */
final class PlainDuckEngine implements Engine {
    private final DuckDBConnection root;

    PlainDuckEngine() {
        try {
            Properties properties = new Properties();
            properties.setProperty("jdbc_stream_results", "true");
            root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    static EngineException failed(SQLException e) {
        return new EngineException("DUCKDB", "42000", String.valueOf(e.getMessage()), e);
    }

    @Override
    public EngineSession openSession(SessionSettings settings) {
        try {
            return new Session(root.duplicate());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void load(String table, Path file) {
        throw new EngineException("NOT_SUPPORTED", "0A000", "plain engine", null);
    }

    @Override
    public void replaceSystemTable(
            String name, List<EngineColumn> columns, List<? extends List<? extends Object>> rows) {}

    @Override
    public void refreshSystemTable(
            String name,
            List<EngineColumn> columns,
            List<? extends List<? extends Object>> past,
            List<? extends List<? extends Object>> recent) {}

    @Override
    public String defaultCatalog() {
        return "main";
    }

    @Override
    public String defaultSchema() {
        return "default";
    }

    @Override
    public void close() {
        try {
            root.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static final class Session implements EngineSession {
        private final Connection connection;
        private volatile PreparedStatement running;

        Session(Connection connection) {
            this.connection = connection;
        }

        @Override
        public EngineResult execute(String sql, List<EngineParameter> parameters) {
            try {
                PreparedStatement statement = connection.prepareStatement(sql);
                running = statement;
                for (EngineParameter parameter : parameters) {
                    statement.setObject(Math.max(1, parameter.ordinal()), parameter.value());
                }
                statement.execute();
                return new Result(statement, (DuckDBResultSet) statement.getResultSet());
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        @Override
        public void cancel() {
            try {
                PreparedStatement statement = running;
                if (statement != null && !statement.isClosed()) {
                    statement.cancel();
                }
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        @Override
        public String catalog() {
            return "main";
        }

        @Override
        public String schema() {
            return "default";
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    private static final class Result implements EngineResult {
        private static final Map<String, String> NAMES =
                Map.of("TINYINT", "BYTE", "SMALLINT", "SHORT", "BIGINT", "LONG", "BLOB", "BINARY");
        private final PreparedStatement statement;
        private final BufferAllocator allocator = new RootAllocator();
        private final ArrowReader reader;
        private final List<EngineColumn> columns = new ArrayList<>();

        Result(PreparedStatement statement, DuckDBResultSet rows) throws SQLException {
            this.statement = statement;
            ResultSetMetaData meta = rows.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String type = meta.getColumnTypeName(i)
                        .replace("VARCHAR", "STRING")
                        .replace("BLOB", "BINARY")
                        .replace("INTEGER", "INT")
                        .replaceFirst("^TIMESTAMP$", "TIMESTAMP_NTZ")
                        .replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMP");
                String base = type.replaceAll("[(<\\[ ].*", "");
                String name = NAMES.getOrDefault(base, base);
                columns.add(new EngineColumn(
                        meta.getColumnName(i),
                        type.endsWith("[]") ? "ARRAY<INT>" : type,
                        type.endsWith("[]") ? "ARRAY" : name,
                        true));
            }
            reader = (ArrowReader) rows.arrowExportStream(allocator, 122_880);
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
            return "SELECT";
        }

        @Override
        public void close() {
            try {
                reader.close();
                statement.close();
                allocator.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
