package io.lakeport.storage.state;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Change;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * Carries a batch out within a transaction. Rows are locked in one order, leases before documents and each by name, so
 * that two batches never wait for each other in a circle.
 */
final class Changes {
    private static final String WHERE = " WHERE space = ? AND kind = ? AND name = ?";
    private static final String INSERT = "INSERT INTO state_document"
            + " (space, kind, name, content, revision, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final Dialect dialect;
    private final String space;
    private final Stamp stamp;

    Changes(Connection connection, Dialect dialect, String space, Stamp stamp) {
        this.connection = connection;
        this.dialect = dialect;
        this.space = space;
        this.stamp = stamp;
    }

    void apply(Batch batch) throws SQLException {
        List<Lease> leases = batch.leases().stream()
                .sorted(Comparator.comparing(Lease::name, DocumentKey::compareText))
                .toList();
        for (Lease lease : leases) {
            require(lease);
        }
        List<Change> changes = batch.changes().stream()
                .sorted(Comparator.comparing(Change::key))
                .toList();
        for (Change change : changes) {
            if (!applied(change)) {
                throw conflict(change);
            }
        }
    }

    private boolean applied(Change change) throws SQLException {
        return switch (change.action()) {
            case PUT -> put(change, change.content().orElseThrow());
            case DELETE -> delete(change);
            case CHECK ->
                found(change.key(), dialect.forShare()) == change.expected().revision();
        };
    }

    private boolean put(Change change, byte[] content) throws SQLException {
        if (change.expected().isAnything()) {
            return insert(
                    change.key(),
                    content,
                    " ON CONFLICT (space, kind, name) DO UPDATE SET content = excluded.content,"
                            + " revision = excluded.revision, updated = excluded.updated");
        }
        if (change.expected().isAbsent()) {
            return insert(change.key(), content, " ON CONFLICT (space, kind, name) DO NOTHING");
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE state_document SET content = ?, revision = ?, updated = ?" + WHERE + " AND revision = ?")) {
            update.setBytes(1, content);
            update.setLong(2, stamp.revision());
            update.setLong(3, stamp.millis());
            name(update, 4, change.key());
            update.setLong(7, change.expected().revision());
            return update.executeUpdate() == 1;
        }
    }

    private boolean insert(DocumentKey key, byte[] content, String onConflict) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT + onConflict)) {
            name(insert, 1, key);
            insert.setBytes(4, content);
            insert.setLong(5, stamp.revision());
            insert.setLong(6, stamp.millis());
            insert.setLong(7, stamp.millis());
            return insert.executeUpdate() == 1;
        }
    }

    private boolean delete(Change change) throws SQLException {
        boolean any = change.expected().isAnything();
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM state_document" + WHERE + (any ? "" : " AND revision = ?"))) {
            name(delete, 1, change.key());
            if (!any) {
                delete.setLong(4, change.expected().revision());
            }
            return delete.executeUpdate() == 1 || any;
        }
    }

    /** Returns the revision of a document, 0 when it is not there. */
    private long found(DocumentKey key, String lock) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT revision FROM state_document" + WHERE + lock)) {
            name(select, 1, key);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private void name(PreparedStatement statement, int from, DocumentKey key) throws SQLException {
        statement.setString(from, space);
        statement.setString(from + 1, key.kind());
        statement.setString(from + 2, key.key());
    }

    private LakeportException conflict(Change change) throws SQLException {
        long there = found(change.key(), "");
        String now = there == 0 ? "is not there" : "is at revision " + there;
        return new LakeportException(
                        StateError.STATE_CONFLICT,
                        "document '" + change.key() + "' of " + SqlSpace.owner(space) + " " + now + ", and the change"
                                + " expects " + change.expected()
                                + ": someone else changed it; read it again and decide anew")
                .with("document", change.key().toString());
    }

    private void require(Lease lease) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT expires FROM state_lease"
                + " WHERE space = ? AND name = ? AND token = ? AND owner IS NOT NULL" + dialect.forShare())) {
            select.setString(1, space);
            select.setString(2, lease.name());
            select.setLong(3, lease.token());
            try (ResultSet rows = select.executeQuery()) {
                // The time is asked for after the row is locked: to wait for it may have taken longer than the lease.
                if (rows.next() && rows.getLong(1) > dialect.now(connection)) {
                    return;
                }
            }
        }
        throw new LakeportException(
                        StateError.LEASE_LOST,
                        "lease '" + lease.name() + "' of " + SqlSpace.owner(space) + ", token " + lease.token()
                                + ", is no longer held by '" + lease.owner()
                                + "': stop what it was for; whoever holds it now goes on")
                .with("lease", lease.name());
    }
}
