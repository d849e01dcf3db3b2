package io.lakeport.storage.state;

import java.sql.Connection;

/** A connection for one transaction. */
interface Borrowed extends AutoCloseable {
    Connection connection();

    /** Gives the connection up: nobody is to use it again. */
    void discard();

    /** Gives the connection back. */
    @Override
    void close();
}
