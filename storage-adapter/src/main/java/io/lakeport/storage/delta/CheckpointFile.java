package io.lakeport.storage.delta;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;

/** Writes the rows of a checkpoint as one Parquet file of one row group. */
final class CheckpointFile {
    private static final int INDEX_TRUNCATE = 64;
    private static final long BLOCK = 128L << 20;

    private CheckpointFile() {}

    static void write(OutputFile target, CloseableIterator<FilteredColumnarBatch> batches) throws IOException {
        try (batches) {
            if (!batches.hasNext()) {
                throw new IOException("a checkpoint without rows");
            }
            FilteredColumnarBatch first = batches.next();
            StructType schema = first.getData().getSchema();
            try (Output output = new Output(target.create(false))) {
                write(output, schema, first, batches);
                output.keep();
            }
        }
    }

    private static void write(
            Output output,
            StructType schema,
            FilteredColumnarBatch first,
            CloseableIterator<FilteredColumnarBatch> more)
            throws IOException {
        MessageType message = CheckpointSchema.of(schema);
        ParquetProperties properties = ParquetProperties.builder()
                .withAllocator(new HeapByteBufferAllocator())
                .build();
        ParquetFileWriter file =
                new ParquetFileWriter(output, message, ParquetFileWriter.Mode.CREATE, BLOCK, 0, null, properties);
        file.start();
        try (ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                        new LogCodecs.Stored(), message, properties.getAllocator(), INDEX_TRUNCATE);
                ColumnWriteStore columns = properties.newColumnWriteStore(message, pages, pages)) {
            RowRecords records =
                    new RowRecords(new ColumnIOFactory().getColumnIO(message).getRecordWriter(columns));
            long rows = add(records, first);
            while (more.hasNext()) {
                rows += add(records, more.next());
            }
            records.flush();
            columns.flush();
            file.startBlock(rows);
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        file.end(Map.of());
    }

    private static long add(RowRecords records, FilteredColumnarBatch batch) throws IOException {
        long count = 0;
        try (CloseableIterator<Row> rows = batch.getRows()) {
            while (rows.hasNext()) {
                records.write(rows.next());
                count++;
            }
        }
        return count;
    }

    /** The file, which becomes visible when it is closed, if it is kept. */
    private static final class Output implements org.apache.parquet.io.OutputFile, AutoCloseable {
        private final io.delta.kernel.defaults.engine.fileio.PositionOutputStream stream;
        private boolean kept;

        Output(io.delta.kernel.defaults.engine.fileio.PositionOutputStream stream) {
            this.stream = stream;
        }

        void keep() {
            kept = true;
        }

        @Override
        public void close() throws IOException {
            if (kept) {
                stream.close();
            }
        }

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                @Override
                public long getPos() throws IOException {
                    return stream.getPos();
                }

                @Override
                public void write(int b) throws IOException {
                    stream.write(b);
                }

                @Override
                public void write(byte[] bytes, int at, int count) throws IOException {
                    stream.write(bytes, at, count);
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
