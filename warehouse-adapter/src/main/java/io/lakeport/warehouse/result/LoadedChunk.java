package io.lakeport.warehouse.result;

import io.lakeport.warehouse.memory.ChunkMemory;
import java.nio.ByteBuffer;

/**
 * A chunk whose bytes are here and proved whole.
 *
 * @param rows rows it holds, counted
 * @param stream the Arrow IPC stream
 * @param memory holds the stream; whoever ends with the chunk closes it
 */
record LoadedChunk(long rows, ByteBuffer stream, ChunkMemory memory) {}
