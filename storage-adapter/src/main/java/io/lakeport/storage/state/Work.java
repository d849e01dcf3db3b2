package io.lakeport.storage.state;

import java.sql.Connection;
import java.sql.SQLException;

/** Something done with a connection. */
@FunctionalInterface
interface Work<T> {
    T run(Connection connection) throws SQLException;
}
