package io.lakeport.warehouse.result;

import io.lakeport.warehouse.memory.ChunkMemory;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * A chunk whose bytes are here and proved whole.
 *
 * @param index position in the result, from 0
 * @param rowOffset rows of the result before it, empty when the server did not say
 * @param rows rows it holds, counted
 * @param stream the Arrow IPC stream
 * @param memory holds the stream; whoever ends with the chunk closes it
 */
record LoadedChunk(long index, OptionalLong rowOffset, long rows, ByteBuffer stream, ChunkMemory memory) {}
