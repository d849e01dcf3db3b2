package io.lakeport.localworkspace.conformance;

import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.Parameter;

/** A workspace, and the driver in one of its forms. */
abstract class JdbcConformance implements ClientUnderTest {
    private static @Nullable LocalWorkspace workspace;

    @Parameter
    DriverClient client;

    @BeforeAll
    static void startWorkspace() {
        if (workspace == null) {
            workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        }
    }

    @AfterAll
    static void stopWorkspace() {
        if (workspace != null) {
            workspace.close();
            workspace = null;
        }
    }

    static LocalWorkspace workspace() {
        return java.util.Objects.requireNonNull(workspace);
    }

    @Override
    public String clientName() {
        return client.toString();
    }

    Connection connect() throws SQLException {
        return connect("");
    }

    Connection connect(String more) throws SQLException {
        return client.connect(workspace().connection(), more);
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows, each as its columns' texts with bars between. */
    static List<String> rows(ResultSet result, String... columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (result) {
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (String column : columns) {
                    cells.add(result.getString(column));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
