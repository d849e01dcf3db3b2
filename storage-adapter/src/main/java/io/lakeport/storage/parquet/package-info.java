/** Parquet files, encoded column by column straight from Arrow. */
@NullMarked
package io.lakeport.storage.parquet;

import org.jspecify.annotations.NullMarked;
