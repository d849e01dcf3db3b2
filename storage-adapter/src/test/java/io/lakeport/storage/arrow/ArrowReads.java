package io.lakeport.storage.arrow;

import io.lakeport.core.query.ResultChunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** What Arrow's own library reads. */
record ArrowReads(Schema schema, List<String> rows, int batches) {
    static ArrowReads file(Path path) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel channel = FileChannel.open(path);
                ArrowReader reader = path.toString().endsWith(".arrows")
                        ? new ArrowStreamReader(Files.newInputStream(path), allocator)
                        : new ArrowFileReader(channel, allocator)) {
            return all(reader);
        }
    }

    static ArrowReads chunk(ResultChunk chunk) throws IOException {
        byte[] bytes = new byte[chunk.data().remaining()];
        chunk.data().get(bytes);
        try (BufferAllocator allocator = new RootAllocator();
                ArrowReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
            return all(reader);
        }
    }

    private static ArrowReads all(ArrowReader reader) throws IOException {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        List<String> rows = new ArrayList<>();
        int batches = 0;
        while (reader.loadNextBatch()) {
            batches++;
            for (int row = 0; row < root.getRowCount(); row++) {
                int at = row;
                rows.add(root.getFieldVectors().stream()
                        .map(vector -> text(vector.getObject(at)))
                        .collect(Collectors.joining("\t")));
            }
        }
        return new ArrowReads(root.getSchema(), rows, batches);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }
}
