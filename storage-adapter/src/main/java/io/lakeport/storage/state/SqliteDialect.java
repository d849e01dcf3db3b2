package io.lakeport.storage.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

/** SQLite: whoever writes holds the whole file, so that nothing needs to be locked row by row. */
final class SqliteDialect implements Dialect {
    private final Clock clock;

    SqliteDialect(Clock clock) {
        this.clock = clock;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** From its beginning it is a writer: one that read first could not become one while another writes. */
    @Override
    public void begin(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        execute(connection, "ROLLBACK");
    }

    @Override
    public void beginSnapshot(Connection connection) throws SQLException {
        execute(connection, "BEGIN");
    }

    @Override
    public void lockForMigration(Connection connection) {
        // Its transaction does.
    }

    @Override
    public void lockForRestore(Connection connection) {
        // Its transaction does.
    }

    @Override
    public Stamp stamp(Connection connection) throws SQLException {
        return new Stamp(
                number(connection, "UPDATE state_counter SET value = value + 1 WHERE id = 1 RETURNING value"),
                now(connection));
    }

    @Override
    public long now(Connection connection) {
        return clock.millis();
    }

    @Override
    public void raiseRevisions(Connection connection, long above) throws SQLException {
        execute(connection, "UPDATE state_counter SET value = max(value, " + above + ") + 1 WHERE id = 1");
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public String forShare() {
        return "";
    }

    @Override
    public String pruneMarks() {
        return "DELETE FROM state_commit WHERE made < ?";
    }

    @Override
    public boolean hasVersions(Connection connection) throws SQLException {
        return number(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'state_version'") == 1;
    }

    @Override
    public String folder() {
        return "embedded";
    }
}
