package io.lakeport.testkit.files;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads exported files with DuckDB, which shares no code with whatever wrote them. {@code org.duckdb:duckdb_jdbc} must be
 * on the class path of the tests. Not thread-safe.
 */
public final class DuckReader implements AutoCloseable {
    private final Connection connection;

    /** Opens a reader. */
    public DuckReader() {
        try {
            this.connection = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB is not on the class path of the tests", e);
        }
    }

    /** Returns what stands behind FROM to read these Parquet files together, columns by name. */
    public static String parquet(List<Path> files) {
        return files.stream()
                .map(file -> "'" + file.toString().replace("'", "''") + "'")
                .collect(Collectors.joining(
                        ", ", "read_parquet([", "], union_by_name = true, hive_partitioning = true)"));
    }

    /** Returns how often each text of a one-column query occurs. */
    public Map<String, Long> counts(String query) {
        Map<String, Long> counts = new TreeMap<>();
        for (List<String> row : rows(query)) {
            counts.merge(row.get(0), 1L, Long::sum);
        }
        return counts;
    }

    /** Returns the rows of a query, each value as DuckDB's text of it; NULL as {@code "NULL"}. */
    public List<List<String>> rows(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB refuses: " + query, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB did not close", e);
        }
    }
}
