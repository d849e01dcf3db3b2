import org.jspecify.annotations.NullMarked;

/**
 * Warehouses of Databricks: our own client of the Statement Execution API, and the official JDBC driver behind the same
 * port. Everything is reached through the SPI.
 */
@NullMarked
module io.lakeport.warehouse {
    requires com.fasterxml.jackson.databind;
    requires io.lakeport.core;
    // What the JDBC driver needs of the JDK: nothing else asks for it, and a missing module would surface as a missing
    // class inside the driver.
    requires java.management;
    requires java.naming;
    requires java.net.http;
    requires java.security.jgss;
    requires java.sql;
    requires jdk.unsupported;
    requires org.apache.arrow.format;
    requires org.lz4.java;
    requires org.slf4j;

    uses java.sql.Driver;

    provides io.lakeport.core.query.WarehouseProvider with
            io.lakeport.warehouse.jdbc.JdbcWarehouseProvider,
            io.lakeport.warehouse.sea.SeaWarehouseProvider;
}
