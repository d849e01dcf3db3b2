/** The files of a writer: rows of many partitions wait in bounded memory, few uploads are open. */
@NullMarked
package io.lakeport.storage.partition;

import org.jspecify.annotations.NullMarked;
