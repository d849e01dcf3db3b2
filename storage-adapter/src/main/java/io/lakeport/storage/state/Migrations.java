package io.lakeport.storage.state;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.StateError;
import io.lakeport.storage.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * Brings a database to the version that this Lakeport knows: every script that is missing, in one transaction that
 * others wait for. A script that was released is never edited; the digest of each is kept beside its version.
 */
final class Migrations {
    private static final List<String> SCRIPTS = List.of("V1__documents.sql");

    private final Database database;
    private final Dialect dialect;

    Migrations(Database database) {
        this.database = database;
        this.dialect = database.dialect();
    }

    /** Returns the version that this Lakeport writes. */
    static int known() {
        return SCRIPTS.size();
    }

    /**
     * Returns the version of the database, 0 when it is empty.
     *
     * @throws LakeportException STATE_VERSION when it is newer than what is known; STATE_DAMAGED when a script differs
     *     from the one that was run
     */
    int version(Connection connection) throws SQLException {
        int newest = 0;
        if (!dialect.hasVersions(connection)) {
            return newest;
        }
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT version, digest FROM state_version ORDER BY version")) {
            while (rows.next()) {
                newest = rows.getInt(1);
                if (newest <= known() && !digest(script(newest)).equals(rows.getString(2))) {
                    throw new LakeportException(
                            StateError.STATE_DAMAGED,
                            "version " + newest + " of " + database.place() + " was made by another script than the one"
                                    + " of this Lakeport; use the release that made it");
                }
            }
        }
        if (newest > known()) {
            throw newer(newest);
        }
        return newest;
    }

    private LakeportException newer(int found) {
        return new LakeportException(
                StateError.STATE_VERSION,
                "the state in " + database.place() + " has version " + found + ", made by a newer Lakeport; this one"
                        + " knows version " + known() + " and would not understand it: install the newer release, or"
                        + " restore a backup of version " + known() + " to another place");
    }

    /** Runs what is missing. */
    void run() throws SQLException {
        try (Connection connection = database.open()) {
            dialect.begin(connection);
            try {
                dialect.lockForMigration(connection);
                for (int version = version(connection) + 1; version <= known(); version++) {
                    run(connection, version);
                }
                dialect.commit(connection);
            } catch (SQLException | RuntimeException e) {
                dialect.rollback(connection);
                throw e;
            }
        }
    }

    private void run(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (version == 1) {
                statement.execute("CREATE TABLE state_version (version integer NOT NULL PRIMARY KEY,"
                        + " name varchar(100) NOT NULL, digest varchar(64) NOT NULL, made bigint NOT NULL)");
            }
            for (String part : script(version).split(";\\s*\\n")) {
                if (!part.isBlank()) {
                    statement.execute(part);
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO state_version (version, name, digest, made) VALUES (?, ?, ?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, SCRIPTS.get(version - 1));
            insert.setString(3, digest(script(version)));
            insert.setLong(4, dialect.now(connection));
            insert.executeUpdate();
        }
    }

    private static String digest(String script) {
        Sha256 sha256 = new Sha256();
        sha256.update(ByteBuffer.wrap(script.getBytes(StandardCharsets.UTF_8)));
        return sha256.hex();
    }

    private String script(int version) {
        String name = dialect.folder() + "/" + SCRIPTS.get(version - 1);
        try (InputStream in = Objects.requireNonNull(Migrations.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("migration " + name + " cannot be read from the jar", e);
        }
    }
}
