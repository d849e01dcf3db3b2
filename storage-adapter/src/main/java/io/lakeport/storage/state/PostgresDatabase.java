package io.lakeport.storage.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.state.StateError;
import io.lakeport.core.time.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL database, through a pool. */
final class PostgresDatabase implements Database {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final PostgresPlace place;
    private final Duration timeout;
    private final Dialect dialect;
    private final String application;
    private final PGSimpleDataSource source;
    private final HikariDataSource pool;

    PostgresDatabase(PostgresPlace place, Optional<Secret> password, int connections, Duration timeout, Dialect dialect)
            throws SQLException {
        this.place = place;
        this.timeout = timeout;
        this.dialect = dialect;
        this.application = "lakeport pid " + ProcessHandle.current().pid() + " "
                + UUID.randomUUID().toString().substring(0, 8);
        this.source = source(password);
        // First without the pool, which would try again until the timeout where the password is wrong.
        makeSchema();
        this.pool = new HikariDataSource(poolOf(connections));
    }

    private PGSimpleDataSource source(Optional<Secret> password) {
        PGSimpleDataSource made = new PGSimpleDataSource();
        made.setServerNames(new String[] {place.host()});
        made.setPortNumbers(new int[] {place.port()});
        made.setDatabaseName(place.name());
        made.setUser(place.user());
        password.ifPresent(secret -> made.setPassword(secret.reveal()));
        made.setCurrentSchema(place.schema());
        made.setApplicationName(application);
        made.setConnectTimeout((int) CONNECT.toSeconds());
        made.setLoginTimeout((int) CONNECT.toSeconds());
        made.setSocketTimeout((int) timeout.toSeconds() + 2);
        made.setTcpKeepAlive(true);
        // Parameters of statements are contents of documents.
        made.setLogServerErrorDetail(false);
        secure(made);
        return made;
    }

    private void secure(PGSimpleDataSource made) {
        made.setSslMode(place.tls().equals("off") ? "disable" : place.tls());
        if (!place.rootCertificate().isEmpty()) {
            made.setSslRootCert(place.rootCertificate());
        } else if (place.tls().equals("verify-full")) {
            made.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private HikariConfig poolOf(int connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("lakeport-state");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(timeout.toMillis());
        config.setValidationTimeout(Math.min(5000, timeout.toMillis()));
        config.setConnectionInitSql(limits());
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /** The server gives up by itself as well: a session whose client vanished must not hold locks for long. */
    private String limits() {
        long millis = timeout.toMillis();
        return "SET statement_timeout = " + millis + "; SET lock_timeout = " + millis / 2
                + "; SET idle_in_transaction_session_timeout = " + 3 * millis;
    }

    private void makeSchema() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (hasSchema(statement)) {
                return;
            }
            // Under a lock: of two hosts that both find none, IF NOT EXISTS would let one fail.
            dialect.begin(connection);
            dialect.lockForMigration(connection);
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + place.schema());
            dialect.commit(connection);
        }
    }

    private boolean hasSchema(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT to_regnamespace('" + place.schema() + "') IS NOT NULL")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String provider() {
        return "postgresql";
    }

    @Override
    public String place() {
        return place.toString();
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Borrowed borrow(boolean writing, Deadline deadline) {
        try {
            return new Lent(pool, pool.getConnection());
        } catch (SQLException e) {
            throw translate(e, "waiting for a connection");
        }
    }

    private record Lent(HikariDataSource pool, Connection connection) implements Borrowed {
        @Override
        public void discard() {
            pool.evictConnection(connection);
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                pool.evictConnection(connection);
            }
        }
    }

    @Override
    public Connection open() throws SQLException {
        return source.getConnection();
    }

    @Override
    public long session(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** Only a session of this very pool: after a restart of the server another may have the same number. */
    @Override
    public void end(Connection connection, long session) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT pg_terminate_backend(pid)"
                + " FROM pg_stat_activity WHERE pid = ? AND application_name = ? AND pid <> pg_backend_pid()")) {
            select.setLong(1, session);
            select.setString(2, application);
            select.executeQuery().close();
        }
    }

    @Override
    public void scrub() {
        // VACUUM and the archive of the log belong to whoever runs the server: docs/state.md.
    }

    @Override
    public List<String> users(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT application_name, coalesce(host(client_addr), 'local'),"
                        + " count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name LIKE 'lakeport %' GROUP BY 1, 2 ORDER BY 1, 2")) {
            while (rows.next()) {
                lines.add(rows.getString(1) + " from " + rows.getString(2) + ", " + rows.getLong(3) + " session(s)");
            }
        }
        return lines;
    }

    @Override
    public LakeportException translate(SQLException failure, String doing) {
        return failure(place, timeout, failure, doing);
    }

    static LakeportException failure(PostgresPlace place, Duration timeout, SQLException failure, String doing) {
        String at = "state database " + place + ", while " + doing + ": ";
        String state = state(failure);
        return switch (state.length() < 5 ? "" : state.substring(0, 2)) {
            case "08" ->
                unavailable(
                        at + "it cannot be reached or the connection broke; nothing was changed: see that"
                                + " the server runs and the network lets this host through, then try again",
                        failure);
            case "57", "53", "58" ->
                state.equals("57014")
                        ? unavailable(
                                at + "it took longer than " + timeout + "; nothing was changed: try again, or"
                                        + " raise 'timeout_seconds'",
                                failure)
                        : unavailable(
                                at + "the server is stopping, starting or full (" + state
                                        + "); nothing was changed: try again",
                                failure);
            case "55", "40" ->
                unavailable(
                        at + "another host kept it locked (" + state + "); nothing was changed: try" + " again",
                        failure);
            case "28" ->
                new LakeportException(
                        CoreError.WRONG_SECRET,
                        at + "the server does not accept user '" + place.user() + "' with this password; set the secret"
                                + " 'password', and see pg_hba.conf",
                        failure);
            case "3D" ->
                new LakeportException(
                        CoreError.OBJECT_NOT_FOUND,
                        at + "there is no database '" + place.name() + "'; create it: CREATE DATABASE " + place.name()
                                + " OWNER " + place.user(),
                        failure);
            case "42" ->
                new LakeportException(
                        state.equals("42501") ? CoreError.ACCESS_DENIED : CoreError.INTERNAL,
                        at
                                + (state.equals("42501")
                                        ? "user '" + place.user() + "' lacks a right; run: GRANT CREATE ON DATABASE "
                                                + place.name() + " TO " + place.user()
                                        : "the tables are not as Lakeport made them (" + state
                                                + "); restore them from a backup"),
                        failure);
            case "" ->
                unavailable(
                        at + "no connection came free or could be made within " + timeout
                                + "; nothing was changed: raise 'connections', or see that the server runs",
                        failure);
            default -> new LakeportException(CoreError.INTERNAL, at + "it failed with SQLSTATE " + state, failure);
        };
    }

    private static LakeportException unavailable(String message, SQLException cause) {
        return new LakeportException(StateError.STATE_UNAVAILABLE, message, cause);
    }

    /** The pool wraps what it met last. */
    private static String state(@Nullable Throwable failure) {
        for (Throwable part = failure; part != null; part = part.getCause()) {
            if (part instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    @Override
    public void close() {
        pool.close();
    }
}
