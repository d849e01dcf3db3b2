package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.ObjectSink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** One file being written. Rows are encoded one after another; a row group is written when enough are buffered. */
final class RowFile implements AutoCloseable {
    private static final int ROWS_BETWEEN_SIZE_CHECKS = 1024;
    private static final int INDEX_TRUNCATE = 64;

    private final ObjectSink sink;
    private final Map<String, String> partition;
    private final ParquetOptions options;
    private final List<ArrowField> fields;
    private final MessageType schema;
    private final Map<String, String> metadata;
    private final ParquetProperties properties;
    private final ParquetFileWriter file;
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore columns;
    private List<Node> nodes;
    private long rows;
    private long rowsInGroup;

    RowFile(
            ObjectSink sink,
            Map<String, String> partition,
            ParquetOptions options,
            List<ArrowField> fields,
            Map<String, String> metadata)
            throws IOException {
        this.sink = sink;
        this.partition = partition;
        this.options = options;
        this.fields = fields;
        this.schema = ParquetTypes.message(fields);
        this.metadata = metadata;
        this.properties = ParquetProperties.builder()
                .withAllocator(new HeapByteBufferAllocator())
                .build();
        this.file = new ParquetFileWriter(
                new SinkFile(sink),
                schema,
                ParquetFileWriter.Mode.CREATE,
                options.rowGroupBytes(),
                0,
                null,
                properties);
        file.start();
        this.pages = newPages();
        this.columns = properties.newColumnWriteStore(schema, pages, pages);
        this.nodes = new NodeBuilder(columns, schema.getColumns()).build(fields);
    }

    private ColumnChunkPageWriteStore newPages() {
        return new ColumnChunkPageWriteStore(
                new PageCompressor(options.codec()), schema, properties.getAllocator(), INDEX_TRUNCATE);
    }

    /**
     * Writes one row.
     *
     * @param row row of the batch
     * @param groupBytes size at which the row group is written
     */
    void write(List<ArrowColumn> batch, int row, long groupBytes) throws IOException {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).write(batch.get(i), row, 0, 0);
        }
        columns.endRecord();
        rows++;
        rowsInGroup++;
        if (rowsInGroup % ROWS_BETWEEN_SIZE_CHECKS == 0 && columns.getBufferedSize() >= groupBytes) {
            flushGroup();
        }
    }

    private void flushGroup() throws IOException {
        columns.flush();
        file.startBlock(rowsInGroup);
        pages.flushToFileWriter(file);
        file.endBlock();
        columns.close();
        pages.close();
        rowsInGroup = 0;
        pages = newPages();
        columns = properties.newColumnWriteStore(schema, pages, pages);
        nodes = new NodeBuilder(columns, schema.getColumns()).build(fields);
    }

    /** Returns whether the file is large enough to go on in another. */
    boolean isFull() {
        return sink.position() >= options.maxFileBytes();
    }

    /** Writes what is buffered and the footer, and makes the file visible. */
    WrittenFile finish() {
        try {
            if (rowsInGroup > 0) {
                flushGroup();
            }
            file.end(metadata);
            return new WrittenFile(sink.commit(), rows, partition);
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    static LakeportException notWritable(IOException e) {
        return new LakeportException(
                CoreError.TARGET_NOT_WRITABLE, "a Parquet file could not be written: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        columns.close();
        pages.close();
        sink.close();
    }
}
