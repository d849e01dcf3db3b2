/** Delta tables: Parquet files, made visible through the transaction log by Delta Kernel. */
@NullMarked
package io.lakeport.storage.delta;

import org.jspecify.annotations.NullMarked;
