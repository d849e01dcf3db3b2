/** The Statement Execution API of Databricks behind the warehouse port. */
@NullMarked
package io.lakeport.warehouse.sea;

import org.jspecify.annotations.NullMarked;
