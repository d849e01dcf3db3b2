import org.jspecify.annotations.NullMarked;

/** Warehouses of Databricks: our own client of the Statement Execution API. Everything is reached through the SPI. */
@NullMarked
module io.lakeport.warehouse {
    requires com.fasterxml.jackson.databind;
    requires io.lakeport.core;
    requires java.net.http;
    requires jdk.unsupported;
    requires org.lz4.java;
    requires org.slf4j;

    provides io.lakeport.core.query.WarehouseProvider with
            io.lakeport.warehouse.sea.SeaWarehouseProvider;
}
