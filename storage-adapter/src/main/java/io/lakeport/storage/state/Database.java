package io.lakeport.storage.state;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The connections to one database. Thread-safe. */
interface Database extends AutoCloseable {
    Dialect dialect();

    /** Returns the name of the provider that opened it. */
    String provider();

    /** Returns file or URL, without a credential. */
    String place();

    /** Returns how long a call may take. */
    Duration timeout();

    /**
     * Returns a connection for one transaction.
     *
     * @throws LakeportException UNAVAILABLE when there is none in time
     */
    Borrowed borrow(boolean writing, Deadline deadline);

    /** Opens a connection for something long, which the caller closes. */
    Connection open() throws SQLException;

    /** Says what a failure means to the caller; {@code doing} completes "while ...". */
    LakeportException translate(SQLException failure, String doing);

    /** Returns what names the session of a connection to {@link #end}. */
    long session(Connection connection) throws SQLException;

    /** Ends a session of this process that may still hold locks after its connection was lost. */
    void end(Connection connection, long session) throws SQLException;

    /** Removes what deletions leave in files, as far as the database lets it. */
    void scrub();

    /** Returns one line for each process or session that has the database open. */
    List<String> users(Connection connection) throws SQLException;

    @Override
    void close();
}
