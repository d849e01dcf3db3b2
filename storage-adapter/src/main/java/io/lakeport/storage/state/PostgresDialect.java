package io.lakeport.storage.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** PostgreSQL: rows are locked one by one, and the time is the server's. */
final class PostgresDialect implements Dialect {
    private static final String MILLIS = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    private static final long MIGRATION = 0x4c_61_6b_65_70_6f_72_74L;

    private final String millis;

    PostgresDialect() {
        this(MILLIS);
    }

    /** Tells the time by another expression, for tests. */
    PostgresDialect(String millis) {
        this.millis = millis;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static <T> T row(Connection connection, String sql, Row<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return reader.read(rows);
        }
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    @Override
    public void beginSnapshot(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
    }

    @Override
    public void lockForMigration(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_advisory_xact_lock(" + MIGRATION + ")");
    }

    @Override
    public void lockForRestore(Connection connection) throws SQLException {
        execute(connection, "LOCK TABLE state_document, state_lease IN EXCLUSIVE MODE");
    }

    @Override
    public Stamp stamp(Connection connection) throws SQLException {
        return row(
                connection,
                "SELECT nextval('state_revision'), " + millis,
                row -> new Stamp(row.getLong(1), row.getLong(2)));
    }

    @Override
    public long now(Connection connection) throws SQLException {
        return row(connection, "SELECT " + millis, row -> row.getLong(1));
    }

    @Override
    public void raiseRevisions(Connection connection, long above) throws SQLException {
        execute(connection, "SELECT setval('state_revision', greatest(nextval('state_revision'), " + above + ") + 1)");
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    @Override
    public String forShare() {
        return " FOR SHARE";
    }

    /** Leaves out what another host is about to remove, so that two never wait for each other. */
    @Override
    public String pruneMarks() {
        return "DELETE FROM state_commit WHERE id IN"
                + " (SELECT id FROM state_commit WHERE made < ? LIMIT 10000 FOR UPDATE SKIP LOCKED)";
    }

    @Override
    public boolean hasVersions(Connection connection) throws SQLException {
        return row(connection, "SELECT to_regclass('state_version') IS NOT NULL", row -> row.getBoolean(1));
    }

    @Override
    public String folder() {
        return "postgresql";
    }
}
