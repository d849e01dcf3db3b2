package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.util.List;

/**
 * A whole result, encoded.
 *
 * @param columns its columns, none for a statement without rows such as CREATE TABLE
 * @param chunks its chunks in order; none when there are no rows
 * @param truncated whether a limit cut it off
 * @param statementType kind of statement, as the query history names it
 * @param volumeOperation whether its row tells the client to move a file
 */
record StoredResult(
        List<EngineColumn> columns,
        List<StoredChunk> chunks,
        boolean truncated,
        String statementType,
        boolean volumeOperation) {
    StoredResult {
        columns = List.copyOf(columns);
        chunks = List.copyOf(chunks);
    }

    long rowCount() {
        return chunks.stream().mapToLong(StoredChunk::rowCount).sum();
    }

    long rawBytes() {
        return chunks.stream().mapToLong(StoredChunk::rawBytes).sum();
    }
}
