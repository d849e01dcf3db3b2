package io.lakeport.warehouse.jdbc;

import io.lakeport.core.query.StatementId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement on a connection of its own, which ends with it: so no setting that a statement makes in its session
 * reaches another. One thread runs it; any thread may cancel or close it.
 */
final class RunningStatement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningStatement.class);

    private final Connection connection;
    private final Statement statement;
    private final PositionalSql sql;
    private boolean closed;

    private RunningStatement(Connection connection, Statement statement, PositionalSql sql) {
        this.connection = connection;
        this.statement = statement;
        this.sql = sql;
    }

    /** Prepares a statement, at most {@code rows} of whose result are asked for. Closes the connection if it fails. */
    static RunningStatement on(Connection connection, PositionalSql sql, OptionalLong rows) throws SQLException {
        try {
            Statement statement = sql.values().isEmpty() ? connection.createStatement() : bound(connection, sql);
            if (rows.isPresent() && rows.getAsLong() < Integer.MAX_VALUE) {
                statement.setMaxRows((int) rows.getAsLong());
            }
            return new RunningStatement(connection, statement, sql);
        } catch (SQLException | RuntimeException e) {
            quietly(connection::close);
            throw e;
        }
    }

    private static Statement bound(Connection connection, PositionalSql sql) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql.sql());
        int index = 1;
        for (Optional<String> value : sql.values()) {
            if (value.isPresent()) {
                prepared.setString(index++, value.get());
            } else {
                prepared.setNull(index++, java.sql.Types.VARCHAR);
            }
        }
        return prepared;
    }

    /** Runs it; the result is null when it has none. */
    @Nullable
    ResultSet execute() throws SQLException {
        boolean hasRows =
                statement instanceof PreparedStatement prepared ? prepared.execute() : statement.execute(sql.sql());
        return hasRows ? statement.getResultSet() : null;
    }

    /** Returns the id that the workspace gave it, empty before it did. */
    Optional<StatementId> id() {
        try {
            // No type of the driver can be named here: each copy of it has its own.
            Object id = statement.getClass().getMethod("getStatementId").invoke(statement);
            return id == null ? Optional.empty() : Optional.of(new StatementId(id.toString()));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("the driver does not tell the id of a statement", e);
            return Optional.empty();
        }
    }

    /** Asks the server to end it; without effect before it has an id, so whoever must be sure asks again. */
    void cancel() {
        quietly(statement::cancel);
    }

    /** Hands the session another token. */
    void refresh(String token) throws SQLException {
        connection.setClientInfo(ConnectionSettings.TOKEN, token);
    }

    /** Closes statement and session; idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        quietly(statement::close);
        quietly(connection::close);
    }

    private interface Action {
        void run() throws SQLException;
    }

    private static void quietly(Action action) {
        try {
            action.run();
        } catch (SQLException | RuntimeException e) {
            LOG.debug(
                    "the driver failed while a statement was ended: {}",
                    e.getClass().getName());
        }
    }
}
