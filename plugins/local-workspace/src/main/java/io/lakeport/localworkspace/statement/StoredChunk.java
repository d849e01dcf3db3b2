package io.lakeport.localworkspace.statement;

/**
 * One chunk of a result, encoded.
 *
 * @param index position in the result, from 0
 * @param rowOffset number of rows before it
 * @param rowCount its rows
 * @param rawBytes its bytes before compression
 * @param body its bytes as they travel
 */
record StoredChunk(int index, long rowOffset, long rowCount, long rawBytes, ChunkBody body) {}
