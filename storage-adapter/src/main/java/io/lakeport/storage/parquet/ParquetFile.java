package io.lakeport.storage.parquet;

import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.storage.parquet.page.RowGroup;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** One file being written, by parquet-java's layout of row groups, indexes and footer. Not thread-safe. */
final class ParquetFile implements AutoCloseable {
    /** Bytes of a minimum or maximum in the footer and the page index; longer texts are cut to a bound of theirs. */
    private static final int TRUNCATE = 64;

    private final ObjectSink sink;
    private final ParquetFileWriter writer;
    private long rows;

    ParquetFile(ObjectSink sink, MessageType schema, ParquetOptions options) throws IOException {
        this.sink = sink;
        ParquetProperties properties = ParquetProperties.builder()
                .withAllocator(new HeapByteBufferAllocator())
                .withColumnIndexTruncateLength(TRUNCATE)
                .withStatisticsTruncateLength(TRUNCATE)
                .build();
        this.writer = new ParquetFileWriter(
                new SinkFile(sink),
                schema,
                ParquetFileWriter.Mode.CREATE,
                options.rowGroupBytes(),
                0,
                null,
                properties);
        writer.start();
    }

    /** Writes a row group that has rows, and empties it. */
    void write(RowGroup group) throws IOException {
        rows += group.rows();
        group.writeTo(writer);
    }

    long position() throws IOException {
        return writer.getPos();
    }

    /** Writes the footer and makes the file visible. */
    WrittenFile finish(Map<String, String> metadata, Map<String, String> partition) throws IOException {
        writer.end(metadata);
        return new WrittenFile(sink.commit(), rows, partition);
    }

    /** Gives the file up, unless it is finished. */
    @Override
    public void close() {
        sink.close();
    }
}
