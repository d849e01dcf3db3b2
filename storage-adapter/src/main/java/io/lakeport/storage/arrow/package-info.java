/** Arrow IPC files and streams: batches as they came, split only where partitions ask for it. */
@NullMarked
package io.lakeport.storage.arrow;

import org.jspecify.annotations.NullMarked;
