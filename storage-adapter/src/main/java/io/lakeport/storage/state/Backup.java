package io.lakeport.storage.state;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.BackupInfo;
import io.lakeport.core.state.StateError;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;

/** Writes a backup from one snapshot, on a connection of its own, while others go on writing. */
final class Backup {
    private static final int ROWS_AT_ONCE = 100;

    private final Database database;
    private final Dialect dialect;

    Backup(Database database) {
        this.database = database;
        this.dialect = database.dialect();
    }

    BackupInfo write(Path target) {
        Path file = target.toAbsolutePath();
        if (Files.exists(file)) {
            throw new LakeportException(
                    StateError.STATE_NOT_EMPTY, "the file " + file + " is there already; name a new one");
        }
        Path part = file.resolveSibling(
                file.getFileName() + ".part-" + UUID.randomUUID().toString().substring(0, 8));
        try {
            OwnFiles.create(part);
            BackupInfo info = writeTo(part);
            Files.move(part, file);
            return info;
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "the backup " + file + " cannot be written (" + e + "); name a file in a folder that is there and"
                            + " that this user may write, on a disk with room",
                    e);
        } catch (SQLException e) {
            throw database.translate(e, "taking a backup");
        } finally {
            part.toFile().delete();
        }
    }

    private BackupInfo writeTo(Path part) throws IOException, SQLException {
        try (FileOutputStream out = new FileOutputStream(part.toFile());
                Connection connection = database.open()) {
            dialect.beginSnapshot(connection);
            BackupInfo info = BackupFile.write(
                    out,
                    Migrations.known(),
                    Instant.ofEpochMilli(dialect.now(connection)),
                    sink -> each(connection, sink));
            dialect.rollback(connection);
            // On disk before it has its name: a backup that is there is whole.
            out.getFD().sync();
            return info;
        }
    }

    private static void each(Connection connection, BackupFile.Sink sink) throws SQLException, IOException {
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = select.executeQuery("SELECT space, kind, name, content, revision, created, updated"
                    + " FROM state_document ORDER BY space, kind, name")) {
                while (rows.next()) {
                    sink.put(new BackupFile.Entry(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getBytes(4),
                            rows.getLong(5),
                            rows.getLong(6),
                            rows.getLong(7)));
                }
            }
        }
    }
}
