package io.lakeport.storage.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * A mark is written by each transaction under its own id. Two transactions cannot both write one mark, and the second
 * waits for the first: so who writes the mark of a transaction whose answer was lost knows that it did not happen, and
 * that it never will.
 */
final class Marks {
    private static final Duration KEPT = Duration.ofDays(2);
    private static final long VOID = 0;

    private Marks() {}

    /** Writes the mark; returns 0, or the revision of the transaction that wrote it before. */
    static long claim(Connection connection, UUID id, Stamp stamp) throws SQLException {
        if (insert(connection, id, stamp.revision(), stamp.millis())) {
            return 0;
        }
        long earlier = revision(connection, id);
        if (earlier != VOID) {
            return earlier;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE state_commit SET revision = ?, made = ? WHERE id = ?")) {
            update.setLong(1, stamp.revision());
            update.setLong(2, stamp.millis());
            update.setString(3, id.toString());
            update.executeUpdate();
        }
        return 0;
    }

    /** Returns whether the transaction of that id happened; if not, it cannot happen after this one is committed. */
    static boolean happened(Connection connection, UUID id, long millis) throws SQLException {
        return !insert(connection, id, VOID, millis) && revision(connection, id) != VOID;
    }

    private static boolean insert(Connection connection, UUID id, long revision, long millis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO state_commit (id, revision, made) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, id.toString());
            insert.setLong(2, revision);
            insert.setLong(3, millis);
            return insert.executeUpdate() == 1;
        }
    }

    private static long revision(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT revision FROM state_commit WHERE id = ?")) {
            select.setString(1, id.toString());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : VOID;
            }
        }
    }

    /** Removes marks that nobody will ask for. */
    static void prune(Connection connection, Dialect dialect, long now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(dialect.pruneMarks())) {
            delete.setLong(1, now - KEPT.toMillis());
            delete.executeUpdate();
        }
    }
}
