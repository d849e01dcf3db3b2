package io.lakeport.storage.state;

import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Change;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.DocumentPage;
import io.lakeport.core.state.KeyRange;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateSpace;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One space of a database. Its name is in every statement, and comes from nowhere but the constructor. */
final class SqlSpace implements StateSpace {
    /** No tenant can have this name. */
    static final String HOST = "~host";

    private static final String SELECT =
            "SELECT kind, name, content, revision, created, updated FROM state_document WHERE space = ? AND kind = ?";

    private final SqlStateStore store;
    private final String space;

    SqlSpace(SqlStateStore store, String space) {
        this.store = store;
        this.space = space;
    }

    /** Names a space for people. */
    static String owner(String space) {
        return space.equals(HOST) ? "Lakeport itself" : "tenant '" + space + "'";
    }

    @Override
    public Optional<Document> get(DocumentKey key) {
        return store.transactions().read("reading document '" + key + "' of " + owner(space), connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + " AND name = ?")) {
                select.setString(1, space);
                select.setString(2, key.kind());
                select.setString(3, key.key());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(document(rows)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public DocumentPage list(String kind, String prefix, Optional<String> after, int limit) {
        KeyRange range = KeyRange.of(kind, prefix, after, limit);
        return store.transactions().read("listing documents of " + owner(space), connection -> {
            String sql = SELECT + (after.isPresent() ? " AND name > ?" : "") + " AND name >= ?"
                    + (range.end().isPresent() ? " AND name < ?" : "") + " ORDER BY name LIMIT ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                int n = 1;
                select.setString(n++, space);
                select.setString(n++, kind);
                if (after.isPresent()) {
                    select.setString(n++, after.get());
                }
                select.setString(n++, prefix);
                if (range.end().isPresent()) {
                    select.setString(n++, range.end().get());
                }
                select.setInt(n, limit + 1);
                return range.page(documents(select));
            }
        });
    }

    private static List<Document> documents(PreparedStatement select) throws SQLException {
        List<Document> documents = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                documents.add(document(rows));
            }
        }
        return documents;
    }

    private static Document document(ResultSet rows) throws SQLException {
        return new Document(
                DocumentKey.of(rows.getString(1), rows.getString(2)),
                rows.getBytes(3),
                rows.getLong(4),
                Instant.ofEpochMilli(rows.getLong(5)),
                Instant.ofEpochMilli(rows.getLong(6)));
    }

    @Override
    public long apply(Batch batch) {
        long revision = store.transactions()
                .write(
                        "changing documents of " + owner(space),
                        batch.id(),
                        (connection, stamp) -> {
                            new Changes(connection, store.dialect(), space, stamp).apply(batch);
                            return stamp.revision();
                        },
                        earlier -> earlier);
        if (batch.changes().stream().anyMatch(change -> change.action() == Change.Action.DELETE)) {
            store.scrub();
        }
        return revision;
    }

    @Override
    public Optional<Lease> acquire(String name, String owner, Duration ttl) {
        Lease.requireName(name);
        Lease.requireOwner(owner);
        Lease.requireTtl(ttl);
        return leasing("taking lease '" + name, leases -> leases.acquire(name, owner, ttl));
    }

    @Override
    public Optional<Lease> renew(Lease lease) {
        return leasing("renewing lease '" + lease.name(), leases -> leases.renew(lease));
    }

    @Override
    public boolean release(Lease lease) {
        return leasing("giving back lease '" + lease.name(), leases -> leases.release(lease));
    }

    private interface Leasing<T> {
        T run(Leases leases) throws SQLException;
    }

    private <T> T leasing(String doing, Leasing<T> work) {
        return store.transactions()
                .write(
                        doing + "' of " + owner(space),
                        (connection, stamp) -> work.run(new Leases(connection, store.dialect(), space)));
    }

    @Override
    public Optional<Lease> holder(String name) {
        return store.transactions()
                .read(
                        "looking at lease '" + name + "' of " + owner(space),
                        connection -> new Leases(connection, store.dialect(), space).holder(name));
    }

    @Override
    public Erased erase() {
        Erased erased = store.transactions().write("erasing " + owner(space), (connection, stamp) -> {
            long[] counts = new long[2];
            String[] tables = {"state_document", "state_lease"};
            for (int i = 0; i < tables.length; i++) {
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM " + tables[i] + " WHERE space = ?")) {
                    delete.setString(1, space);
                    counts[i] = delete.executeUpdate();
                }
            }
            return new Erased(counts[0], counts[1]);
        });
        store.scrub();
        return erased;
    }
}
