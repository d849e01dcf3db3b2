package io.lakeport.storage.state;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.StateError;
import io.lakeport.core.time.Deadline;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * One SQLite file, in WAL mode with a flush to disk at every commit. Several processes may have it open: who writes
 * keeps other writers waiting, and nobody keeps readers waiting. Why SQLite: docs/adr/0006.
 */
final class EmbeddedDatabase implements Database {
    private static final int SCRUB_WAIT_MILLIS = 250;

    private final Path file;
    private final Duration timeout;
    private final Dialect dialect;
    private final Users users;
    private final One writer;
    private final One reader;

    EmbeddedDatabase(Path file, Duration timeout, Clock clock) throws SQLException {
        this.file = file;
        this.timeout = timeout;
        this.dialect = new SqliteDialect(clock);
        OwnFiles.prepare(file);
        this.writer = new One(open());
        try {
            this.reader = new One(open());
        } catch (SQLException e) {
            writer.connection().close();
            throw e;
        }
        this.users = Users.join(file);
    }

    /** One connection, which one thread uses at a time. */
    private record One(Connection connection, ReentrantLock lock) {
        One(Connection connection) {
            this(connection, new ReentrantLock(true));
        }
    }

    @Override
    public Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) timeout.toMillis());
        // Deleted content is overwritten with zeros: a destroyed key must not be left in a free page.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        try {
            return config.createConnection("jdbc:sqlite:" + file);
        } catch (SQLException e) {
            if (e.getCause() instanceof NativeLibraryNotFoundException) {
                throw noLibrary(e);
            }
            throw e;
        } catch (UnsatisfiedLinkError e) {
            // What the first attempt in the process found out, every later one meets.
            throw noLibrary(e);
        }
    }

    private LakeportException noLibrary(Throwable failure) {
        return new LakeportException(
                StateError.STATE_UNAVAILABLE,
                "state database " + file + ": SQLite's library could not be unpacked into the directory for temporary"
                        + " files, '" + System.getProperty("java.io.tmpdir") + "'; let it exist, be writable and allow"
                        + " programs, or name another with -Dorg.sqlite.tmpdir, and start the process again",
                failure);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String provider() {
        return "embedded";
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Borrowed borrow(boolean writing, Deadline deadline) {
        One one = writing ? writer : reader;
        try {
            if (!one.lock().tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new LakeportException(
                        StateError.STATE_UNAVAILABLE,
                        "other threads of this process have kept " + file + " busy for longer than " + timeout
                                + "; do less at once, or raise 'timeout_seconds'");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(
                    CoreError.INTERRUPTED, "interrupted while waiting for " + file + "; nothing was changed", e);
        }
        return new Lent(one);
    }

    private record Lent(One one) implements Borrowed {
        @Override
        public Connection connection() {
            return one.connection();
        }

        /** A file does not go away as a network does: the connection is good for the next transaction. */
        @Override
        public void discard() {}

        @Override
        public void close() {
            one.lock().unlock();
        }
    }

    @Override
    public long session(Connection connection) {
        return 0;
    }

    @Override
    public void end(Connection connection, long session) {
        // A transaction of this process ends with the call.
    }

    /** Empties the write-ahead log, where pages stand as they were before; while others read, it is left to them. */
    @Override
    public void scrub() {
        try (Borrowed borrowed = borrow(true, Deadline.after(timeout));
                Statement statement = borrowed.connection().createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + SCRUB_WAIT_MILLIS);
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            statement.execute("PRAGMA busy_timeout = " + timeout.toMillis());
        } catch (SQLException e) {
            if (code(e) != SQLiteErrorCode.SQLITE_BUSY) {
                throw translate(e, "emptying its log");
            }
        }
    }

    @Override
    public List<String> users(Connection connection) {
        return users.all();
    }

    private static SQLiteErrorCode code(SQLException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff);
    }

    @Override
    public LakeportException translate(SQLException failure, String doing) {
        return failure(file, timeout, failure, doing);
    }

    static LakeportException failure(Path file, Duration timeout, SQLException failure, String doing) {
        String at = "state database " + file + ", while " + doing + ": ";
        return switch (code(failure)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new LakeportException(
                        StateError.STATE_UNAVAILABLE,
                        at + "another process has been writing to it for longer than " + timeout + "; it is open in "
                                + Users.of(file) + ": let that process finish, or end it",
                        failure);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new LakeportException(
                        StateError.STATE_DAMAGED,
                        at + "it is damaged or no state database at all; move it away with its -wal and -shm files and"
                                + " run 'lakeport state restore' with the last backup",
                        failure);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                new LakeportException(
                        CoreError.ACCESS_DENIED,
                        at + "this user may not read and write it; give it file and folder, or name another 'file'",
                        failure);
            case SQLITE_FULL, SQLITE_IOERR ->
                new LakeportException(
                        StateError.STATE_UNAVAILABLE,
                        at + "the disk is full or fails; nothing was changed: free space, then try again",
                        failure);
            default -> new LakeportException(CoreError.INTERNAL, at + failure.getMessage(), failure);
        };
    }

    @Override
    public void close() {
        close(reader);
        close(writer);
        users.close();
    }

    private void close(One one) {
        one.lock().lock();
        try {
            one.connection().close();
        } catch (SQLException e) {
            throw translate(e, "closing it");
        } finally {
            one.lock().unlock();
        }
    }
}
