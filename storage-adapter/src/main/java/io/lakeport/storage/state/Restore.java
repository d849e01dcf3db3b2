package io.lakeport.storage.state;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.BackupInfo;
import io.lakeport.core.state.StateError;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads a backup into a database, in one transaction. */
final class Restore {
    private static final String INSERT = "INSERT INTO state_document"
            + " (space, kind, name, content, revision, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final Database database;
    private final Dialect dialect;
    private final Transactions transactions;

    Restore(Database database, Transactions transactions) {
        this.database = database;
        this.dialect = database.dialect();
        this.transactions = transactions;
    }

    BackupInfo read(Path file, boolean replace) {
        try {
            // Once to see that it is whole, before anything is locked.
            BackupFile.read(file, entry -> {});
        } catch (SQLException e) {
            throw new IllegalStateException("nothing was asked of the database", e);
        }
        return transactions.write("restoring " + file, (connection, stamp) -> {
            dialect.lockForRestore(connection);
            if (!replace) {
                requireEmpty(connection);
            }
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM state_document");
                statement.executeUpdate("DELETE FROM state_lease");
            }
            return insert(connection, file, stamp);
        });
    }

    private void requireEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM state_document")) {
            rows.next();
            if (rows.getLong(1) > 0) {
                throw new LakeportException(
                        StateError.STATE_NOT_EMPTY,
                        database.place() + " holds " + rows.getLong(1) + " documents, which a restore would remove;"
                                + " take a backup of them and allow it with --replace");
            }
        }
    }

    private BackupInfo insert(Connection connection, Path file, Stamp stamp) throws SQLException {
        // Later revisions and tokens must be larger than any that was given after the backup was taken.
        long[] highest = {Math.max(stamp.revision(), stamp.millis() * 4096)};
        BackupInfo info;
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            info = BackupFile.read(file, entry -> {
                insert.setString(1, entry.space());
                insert.setString(2, entry.kind());
                insert.setString(3, entry.name());
                insert.setBytes(4, entry.content());
                insert.setLong(5, entry.revision());
                insert.setLong(6, entry.created());
                insert.setLong(7, entry.updated());
                insert.executeUpdate();
                highest[0] = Math.max(highest[0], entry.revision());
            });
        }
        dialect.raiseRevisions(connection, highest[0]);
        return info;
    }
}
