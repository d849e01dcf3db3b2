package io.lakeport.storage.state;

import java.sql.Connection;
import java.sql.SQLException;

/** Something done in a transaction. */
@FunctionalInterface
interface Writing<T> {
    T run(Connection connection, Stamp stamp) throws SQLException;
}
