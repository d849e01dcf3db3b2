/** Hive partitions: which row goes where, and the rows of each until its file is written. */
@NullMarked
package io.lakeport.storage.parquet.partition;

import org.jspecify.annotations.NullMarked;
