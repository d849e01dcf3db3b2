package io.lakeport.storage.state;

import java.sql.Connection;
import java.sql.SQLException;

/** Where databases differ in what they are told. */
interface Dialect {
    void begin(Connection connection) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollback(Connection connection) throws SQLException;

    /** Begins a transaction that sees the database as it is now, until its end. */
    void beginSnapshot(Connection connection) throws SQLException;

    /** Keeps every other migration out until the end of the transaction. */
    void lockForMigration(Connection connection) throws SQLException;

    /** Keeps every other writer out until the end of the transaction. */
    void lockForRestore(Connection connection) throws SQLException;

    /** Takes the next revision, and the time. */
    Stamp stamp(Connection connection) throws SQLException;

    long now(Connection connection) throws SQLException;

    /** Makes sure that revisions go on above this one. */
    void raiseRevisions(Connection connection, long above) throws SQLException;

    /** Comes behind a SELECT whose rows are about to be changed. */
    String forUpdate();

    /** Comes behind a SELECT whose rows must stay as they are until the end of the transaction. */
    String forShare();

    /** Removes marks of commits that were made before the one parameter. */
    String pruneMarks();

    /** Returns whether the table of versions is there. */
    boolean hasVersions(Connection connection) throws SQLException;

    /** Returns the name of the folder with the migrations. */
    String folder();
}
