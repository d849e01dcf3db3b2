/** Warehouses behind the official JDBC driver, its traces in the JVM contained. */
@NullMarked
package io.lakeport.warehouse.jdbc;

import org.jspecify.annotations.NullMarked;
