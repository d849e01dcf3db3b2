package io.lakeport.storage.state;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.StateError;
import io.lakeport.core.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Runs transactions, and finds out what became of one when the answer to its commit was lost. Thread-safe. */
final class Transactions {
    private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Database database;
    private final Dialect dialect;
    private final AtomicLong lastPruned = new AtomicLong();

    Transactions(Database database) {
        this.database = database;
        this.dialect = database.dialect();
    }

    /** Reads with one statement or more that need not agree with each other. */
    <T> T read(String doing, Work<T> work) {
        try (Borrowed borrowed = database.borrow(false, Deadline.after(database.timeout()))) {
            return work.run(borrowed.connection());
        } catch (SQLException e) {
            throw database.translate(e, doing);
        }
    }

    /** Writes in a transaction of its own. */
    <T> T write(String doing, Writing<T> work) {
        return write(doing, UUID.randomUUID(), work, revision -> {
            throw new IllegalStateException("a new id was there before");
        });
    }

    /**
     * Writes in a transaction.
     *
     * @param id of the transaction: it is carried out once, however often it is asked for
     * @param repeated gives the result from the revision, when it was carried out before
     */
    <T> T write(String doing, UUID id, Writing<T> work, LongFunction<T> repeated) {
        Attempt<T> attempt = new Attempt<>(doing, id, work, repeated);
        T result = attempt.run();
        SQLException lost = attempt.lost;
        if (lost != null && !happened(doing, id, attempt.session, lost)) {
            throw database.translate(lost, doing);
        }
        return result;
    }

    /** One run of a transaction, up to its commit. */
    private final class Attempt<T> {
        private final String doing;
        private final UUID id;
        private final Writing<T> work;
        private final LongFunction<T> repeated;
        private long session;
        private @Nullable SQLException lost;

        Attempt(String doing, UUID id, Writing<T> work, LongFunction<T> repeated) {
            this.doing = doing;
            this.id = id;
            this.work = work;
            this.repeated = repeated;
        }

        T run() {
            try (Borrowed borrowed = database.borrow(true, Deadline.after(database.timeout()))) {
                try {
                    session = database.session(borrowed.connection());
                    return inTransaction(borrowed);
                } catch (SQLException e) {
                    throw database.translate(e, doing);
                }
            }
        }

        private T inTransaction(Borrowed borrowed) throws SQLException {
            Connection connection = borrowed.connection();
            dialect.begin(connection);
            T result;
            try {
                Stamp stamp = dialect.stamp(connection);
                long earlier = Marks.claim(connection, id, stamp);
                if (earlier != 0) {
                    dialect.rollback(connection);
                    return repeated.apply(earlier);
                }
                result = work.run(connection, stamp);
                prune(connection, stamp.millis());
            } catch (SQLException | RuntimeException e) {
                undo(borrowed, e);
                throw e;
            }
            commit(borrowed);
            return result;
        }

        private void commit(Borrowed borrowed) {
            try {
                dialect.commit(borrowed.connection());
            } catch (SQLException e) {
                // Whether it happened is asked on another connection: this one knows no more than that it is broken.
                lost = e;
                borrowed.discard();
            }
        }
    }

    private void undo(Borrowed borrowed, Exception failure) {
        try {
            dialect.rollback(borrowed.connection());
        } catch (SQLException e) {
            failure.addSuppressed(e);
            borrowed.discard();
        }
    }

    private void prune(Connection connection, long now) throws SQLException {
        long last = lastPruned.get();
        if (Math.abs(now - last) >= BETWEEN_PRUNINGS.toMillis() && lastPruned.compareAndSet(last, now)) {
            Marks.prune(connection, dialect, now);
        }
    }

    private boolean happened(String doing, UUID id, long session, SQLException lost) {
        Deadline deadline = Deadline.after(database.timeout());
        Exception last = lost;
        while (!deadline.isExpired()) {
            try {
                return look(id, deadline).orElseThrow();
            } catch (SQLException e) {
                last = e;
                end(session);
            } catch (LakeportException e) {
                if (e.category() != ErrorCategory.UNAVAILABLE) {
                    throw e;
                }
                last = e;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        lost.addSuppressed(last);
        throw new LakeportException(
                StateError.STATE_OUTCOME_UNKNOWN,
                "the connection to " + database.place() + " broke at the commit while " + doing
                        + ", and the database stayed out of reach, so that it is not known whether it happened; apply"
                        + " the same batch again when the database is back: that is safe, or read what is there",
                lost);
    }

    private Optional<Boolean> look(UUID id, Deadline deadline) throws SQLException {
        try (Borrowed borrowed = database.borrow(true, deadline)) {
            Connection connection = borrowed.connection();
            dialect.begin(connection);
            try {
                boolean happened = Marks.happened(connection, id, dialect.now(connection));
                dialect.commit(connection);
                return Optional.of(happened);
            } catch (SQLException | RuntimeException e) {
                undo(borrowed, e);
                throw e;
            }
        }
    }

    /** The server may not have noticed yet that the connection broke, and hold the mark locked until it does. */
    private void end(long session) {
        try (Borrowed borrowed = database.borrow(false, Deadline.after(database.timeout()))) {
            database.end(borrowed.connection(), session);
        } catch (SQLException | LakeportException e) {
            // Then it is looked for again: the caller learns of it if that fails as well.
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
