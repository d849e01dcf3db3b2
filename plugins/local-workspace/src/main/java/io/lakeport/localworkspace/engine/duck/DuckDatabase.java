package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.catalog.Metastore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The one DuckDB instance of an engine, with a connection of its own for catalog questions. */
final class DuckDatabase implements Metastore.Database, AutoCloseable {
    private static final String MACROS = "/io/lakeport/localworkspace/sql/macros.sql";

    /** Of the machine's memory, so that the workspace and the client under test both fit; results are not counted. */
    private static final String MEMORY = System.getProperty("lakeport.workspace.duckdb.memory", "1GB");

    private final DuckDBConnection root;
    private final Path spill;

    private DuckDatabase(DuckDBConnection root, Path spill) {
        this.root = root;
        this.spill = spill;
    }

    static DuckDatabase open() {
        Path spill = spillDirectory();
        Properties properties = new Properties();
        properties.setProperty("temp_directory", spill.toString());
        properties.setProperty("max_temp_directory_size", "20GB");
        String threads = System.getProperty("lakeport.workspace.duckdb.threads", "");
        if (!threads.isEmpty()) {
            properties.setProperty("threads", threads);
        }
        // Sums of a thousand terms are ordinary; threads that run statements have the stack for it.
        properties.setProperty("max_expression_depth", "4000");
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", MEMORY);
        properties.setProperty("default_null_order", "NULLS_FIRST_ON_ASC_LAST_ON_DESC");
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            DuckDatabase database = new DuckDatabase(connection.unwrap(DuckDBConnection.class), spill);
            JavaFunctions.register(database.root);
            for (String macro : macros()) {
                database.run(macro);
            }
            return database;
        } catch (SQLException e) {
            throw DuckErrors.translate(e);
        }
    }

    /** DuckDB's own choice is a directory where the process happened to start. */
    private static Path spillDirectory() {
        try {
            return Files.createTempDirectory(
                    "lakeport-workspace-" + ProcessHandle.current().pid() + "-spill-");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot create a directory for DuckDB to spill to; check java.io.tmpdir.", e);
        }
    }

    private static List<String> macros() {
        try (InputStream in = Objects.requireNonNull(DuckDatabase.class.getResourceAsStream(MACROS), MACROS)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            List<String> statements = new ArrayList<>();
            for (String statement : text.split(";\n")) {
                if (!statement.isBlank()) {
                    statements.add(statement.strip());
                }
            }
            return statements;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + MACROS + " from the jar; the jar is damaged.", e);
        }
    }

    /** Opens a connection that shares this database. */
    Connection connect() throws SQLException {
        synchronized (root) {
            Connection connection = root.duplicate();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TimeZone = 'Etc/UTC'");
            }
            return connection;
        }
    }

    @Override
    public void run(String duckSql) {
        synchronized (root) {
            try (Statement statement = root.createStatement()) {
                statement.execute(duckSql);
            } catch (SQLException e) {
                throw DuckErrors.translate(e);
            }
        }
    }

    @Override
    public List<List<@Nullable String>> rows(String duckSql) {
        synchronized (root) {
            try (Statement statement = root.createStatement();
                    ResultSet rows = statement.executeQuery(duckSql)) {
                return Texts.of(rows);
            } catch (SQLException e) {
                throw DuckErrors.translate(e);
            }
        }
    }

    @Override
    public void close() {
        synchronized (root) {
            try {
                root.close();
            } catch (SQLException e) {
                throw DuckErrors.translate(e);
            }
        }
        try (Stream<Path> files = Files.list(spill)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(spill);
        } catch (IOException e) {
            // The next start deletes the directories of processes that are gone.
            return;
        }
    }
}
