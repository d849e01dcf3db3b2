package io.lakeport.warehouse.result;

import io.lakeport.core.time.Deadline;
import java.util.List;

/** Tells where chunks are. Thread-safe. */
public interface ChunkDirectory {
    /** Asks the workspace for the place of a chunk; the answer may hold those after it as well. */
    List<ChunkSource> chunk(long index, Deadline deadline);
}
