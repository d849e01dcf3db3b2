/** Pages of Parquet columns: dense values, levels, dictionaries and statistics, made from Arrow buffers. */
@NullMarked
package io.lakeport.storage.parquet.page;

import org.jspecify.annotations.NullMarked;
