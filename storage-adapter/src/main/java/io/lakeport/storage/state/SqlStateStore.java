package io.lakeport.storage.state;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.BackupInfo;
import io.lakeport.core.state.KeyRange;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStatus;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** State in a database. */
final class SqlStateStore implements StateStore {
    private final Database database;
    private final Migrations migrations;
    private final Transactions transactions;
    private volatile boolean migrated;
    private volatile boolean closed;

    private SqlStateStore(Database database) {
        this.database = database;
        this.migrations = new Migrations(database);
        this.transactions = new Transactions(database);
    }

    /** Opens the store over a database, which it closes, also when this fails. */
    static SqlStateStore open(Database database, boolean migrate) {
        SqlStateStore store = new SqlStateStore(database);
        try {
            int version = store.version();
            if (version < Migrations.known() && (migrate || version == 0)) {
                store.migrateNow();
            }
            store.migrated = version == Migrations.known() || store.migrated;
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private int version() {
        return transactions.read("reading its version", migrations::version);
    }

    private void migrateNow() {
        try {
            migrations.run();
            migrated = true;
        } catch (SQLException e) {
            throw database.translate(e, "migrating it");
        }
    }

    Dialect dialect() {
        return database.dialect();
    }

    void scrub() {
        database.scrub();
    }

    /** Returns the transactions, when the database is open and of the version that is known. */
    Transactions transactions() {
        if (closed) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT, "the state store " + database.place() + " is closed");
        }
        if (!migrated) {
            throw new LakeportException(
                    StateError.STATE_VERSION,
                    "the state in " + database.place() + " is of an older version, and 'migrate' is manual: take a"
                            + " backup and run 'lakeport state migrate', once, on one host");
        }
        return transactions;
    }

    @Override
    public StateSpace of(TenantId tenant) {
        return new SqlSpace(this, tenant.value());
    }

    @Override
    public StateSpace host() {
        return new SqlSpace(this, SqlSpace.HOST);
    }

    @Override
    public List<TenantId> tenants(Optional<TenantId> after, int limit) {
        if (limit < 1 || limit > KeyRange.MOST) {
            throw new IllegalArgumentException("a page has 1 to " + KeyRange.MOST + " tenants, not " + limit);
        }
        return transactions().read("listing tenants", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT DISTINCT space FROM state_document"
                    + " WHERE space > ? AND space < ? ORDER BY space LIMIT ?")) {
                select.setString(1, after.map(TenantId::value).orElse(""));
                select.setString(2, SqlSpace.HOST);
                select.setInt(3, limit);
                List<TenantId> tenants = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        tenants.add(TenantId.of(rows.getString(1)));
                    }
                }
                return tenants;
            }
        });
    }

    @Override
    public StateStatus status() {
        return transactions.read("reading its status", this::status);
    }

    private StateStatus status(Connection connection) throws SQLException {
        int version = migrations.version(connection);
        long[] counts = version == 0 ? new long[4] : counts(connection);
        return new StateStatus(
                database.provider(),
                database.place(),
                connection.getMetaData().getDatabaseProductName() + " "
                        + connection.getMetaData().getDatabaseProductVersion(),
                version,
                Migrations.known(),
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                database.users(connection));
    }

    private long[] counts(Connection connection) throws SQLException {
        String sql = "SELECT count(DISTINCT CASE WHEN space < '" + SqlSpace.HOST + "' THEN space END), count(*),"
                + " coalesce(sum(length(content)), 0),"
                + " (SELECT count(*) FROM state_lease WHERE owner IS NOT NULL AND expires > ?) FROM state_document";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, dialect().now(connection));
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return new long[] {rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)};
            }
        }
    }

    @Override
    public StateStatus migrate() {
        if (!migrated) {
            migrateNow();
        }
        return status();
    }

    @Override
    public BackupInfo backup(Path file) {
        transactions();
        return new Backup(database).write(file);
    }

    @Override
    public BackupInfo restore(Path file, boolean replace) {
        BackupInfo restored = new Restore(database, transactions()).read(file, replace);
        database.scrub();
        return restored;
    }

    @Override
    public void close() {
        closed = true;
        database.close();
    }
}
