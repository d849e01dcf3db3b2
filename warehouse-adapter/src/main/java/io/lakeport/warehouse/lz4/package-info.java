/** LZ4 frames in direct memory, every checksum verified. */
@NullMarked
package io.lakeport.warehouse.lz4;

import org.jspecify.annotations.NullMarked;
