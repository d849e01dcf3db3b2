package io.lakeport.storage.parquet;

import io.lakeport.core.query.ResultChunk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.duckdb.DuckDBResultSet;

/** Makes chunks from SQL by DuckDB's Arrow export, which shares no code with the writer. */
public final class Chunks {
    private Chunks() {}

    /** Returns the rows of a query. */
    public static List<ResultChunk> of(String sql, int batchRows) throws Exception {
        List<ResultChunk> chunks = new ArrayList<>();
        long offset = 0;
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                BufferAllocator allocator = new RootAllocator()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet result = statement.executeQuery(sql);
                    ArrowReader reader = (ArrowReader)
                            result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, batchRows)) {
                while (reader.loadNextBatch()) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    try (ArrowStreamWriter writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), null, bytes)) {
                        writer.writeBatch();
                    }
                    int rows = reader.getVectorSchemaRoot().getRowCount();
                    chunks.add(new ResultChunk(
                            chunks.size(), offset, rows, ByteBuffer.wrap(bytes.toByteArray()), () -> {}));
                    offset += rows;
                }
            }
        }
        return chunks;
    }
}
