package io.lakeport.storage.state;

import io.lakeport.core.state.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one space, within a transaction.
 *
 * <p>When the clock is turned back, a lease whose owner died would be held for as long as it was turned; so a lease that
 * ends later than its time to live from now is cut to that by whoever looks at it next. When it is turned forward,
 * leases end early, which the token makes harmless.
 */
final class Leases {
    private final Connection connection;
    private final Dialect dialect;
    private final String space;

    Leases(Connection connection, Dialect dialect, String space) {
        this.connection = connection;
        this.dialect = dialect;
        this.space = space;
    }

    private record Row(@Nullable String owner, long token, long ttl, long expires) {
        /** Returns when it ends, as seen from now. */
        long end(long now) {
            return Math.min(expires, now + ttl);
        }

        boolean isHeld(long now) {
            return owner != null && end(now) > now;
        }
    }

    Optional<Lease> acquire(String name, String owner, Duration ttl) throws SQLException {
        Row row = locked(name);
        // After the lock: the token of who waited must be larger than that of who was first.
        Stamp stamp = dialect.stamp(connection);
        if (row.isHeld(stamp.millis())) {
            if (row.end(stamp.millis()) != row.expires()) {
                write(name, row.owner(), row.token(), row.ttl(), row.end(stamp.millis()));
            }
            return Optional.empty();
        }
        long expires = stamp.millis() + ttl.toMillis();
        write(name, owner, stamp.revision(), ttl.toMillis(), expires);
        return Optional.of(new Lease(name, owner, stamp.revision(), ttl, Instant.ofEpochMilli(expires)));
    }

    Optional<Lease> renew(Lease lease) throws SQLException {
        Row row = locked(lease.name());
        if (row.owner() == null || row.token() != lease.token()) {
            return Optional.empty();
        }
        long expires = dialect.now(connection) + lease.ttl().toMillis();
        write(lease.name(), row.owner(), row.token(), lease.ttl().toMillis(), expires);
        return Optional.of(
                new Lease(lease.name(), lease.owner(), lease.token(), lease.ttl(), Instant.ofEpochMilli(expires)));
    }

    boolean release(Lease lease) throws SQLException {
        Row row = locked(lease.name());
        if (row.owner() == null || row.token() != lease.token()) {
            return false;
        }
        boolean held = row.isHeld(dialect.now(connection));
        write(lease.name(), null, row.token(), 0, 0);
        return held;
    }

    Optional<Lease> holder(String name) throws SQLException {
        Row row = select(name, "");
        long now = dialect.now(connection);
        if (row == null || row.owner() == null || !row.isHeld(now)) {
            return Optional.empty();
        }
        return Optional.of(new Lease(
                name, row.owner(), row.token(), Duration.ofMillis(row.ttl()), Instant.ofEpochMilli(row.end(now))));
    }

    /** Returns the row, which nobody else changes until the end of the transaction; it is made where there is none. */
    private Row locked(String name) throws SQLException {
        Row row = select(name, dialect.forUpdate());
        while (row == null) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO state_lease (space, name, owner, token, ttl, expires) VALUES (?, ?, NULL, 0, 0, 0) ON"
                            + " CONFLICT DO NOTHING")) {
                insert.setString(1, space);
                insert.setString(2, name);
                insert.executeUpdate();
            }
            row = select(name, dialect.forUpdate());
        }
        return row;
    }

    private @Nullable Row select(String name, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT owner, token, ttl, expires FROM state_lease WHERE space = ? AND name = ?" + lock)) {
            select.setString(1, space);
            select.setString(2, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? new Row(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4))
                        : null;
            }
        }
    }

    private void write(String name, @Nullable String owner, long token, long ttl, long expires) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE state_lease SET owner = ?, token = ?, ttl = ?, expires = ? WHERE space = ? AND name = ?")) {
            update.setString(1, owner);
            update.setLong(2, token);
            update.setLong(3, ttl);
            update.setLong(4, expires);
            update.setString(5, space);
            update.setString(6, name);
            update.executeUpdate();
        }
    }
}
