package io.lakeport.storage.delta;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.internal.data.DefaultRowBasedColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes checkpoints. Kernel's own handler needs Hadoop's classes, which are not shipped. */
final class LogParquet implements ParquetHandler {
    private final FileIO files;

    LogParquet(FileIO files) {
        this.files = files;
    }

    @Override
    public CloseableIterator<FileReadResult> readParquetFiles(
            CloseableIterator<FileStatus> which, StructType schema, Optional<Predicate> hint) {
        return new Reading(which, schema);
    }

    @Override
    public CloseableIterator<DataFileStatus> writeParquetFiles(
            String folder, CloseableIterator<FilteredColumnarBatch> rows, List<Column> statistics) {
        throw new UnsupportedOperationException("data files are written by the format parquet");
    }

    @Override
    public void writeParquetFileAtomically(String path, CloseableIterator<FilteredColumnarBatch> rows)
            throws IOException {
        CheckpointFile.write(files.newOutputFile(path), rows);
    }

    /** Reads one file after another, each when its turn comes. */
    private final class Reading implements CloseableIterator<FileReadResult> {
        private final CloseableIterator<FileStatus> which;
        private final StructType schema;
        private @Nullable ParquetRows open;
        private String path = "";
        private List<Row> rows = List.of();

        Reading(CloseableIterator<FileStatus> which, StructType schema) {
            this.which = which;
            this.schema = schema;
        }

        @Override
        public boolean hasNext() {
            try {
                while (rows.isEmpty()) {
                    ParquetRows current = open;
                    if (current != null) {
                        rows = current.next();
                    }
                    if (rows.isEmpty() && !openNext()) {
                        return false;
                    }
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException("'" + path + "' could not be read: " + e.getMessage(), e);
            }
        }

        private boolean openNext() throws IOException {
            closeFile();
            if (!which.hasNext()) {
                return false;
            }
            FileStatus status = which.next();
            path = status.getPath();
            open = new ParquetRows(files.newInputFile(path, status.getSize()), schema);
            return true;
        }

        @Override
        public FileReadResult next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<Row> taken = rows;
            rows = List.of();
            return new FileReadResult(new DefaultRowBasedColumnarBatch(schema, taken), path);
        }

        private void closeFile() throws IOException {
            if (open != null) {
                open.close();
                open = null;
            }
        }

        @Override
        public void close() throws IOException {
            closeFile();
            which.close();
        }
    }
}
