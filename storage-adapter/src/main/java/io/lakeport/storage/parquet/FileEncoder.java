package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.parquet.page.Bench;
import io.lakeport.storage.parquet.page.ByteOut;
import io.lakeport.storage.parquet.page.FragmentWriter;
import io.lakeport.storage.parquet.page.PageArena;
import io.lakeport.storage.parquet.page.PageCodec;
import io.lakeport.storage.parquet.page.PageLimits;
import io.lakeport.storage.parquet.page.RowGroup;
import io.lakeport.storage.parquet.page.WriterMemory;
import io.lakeport.storage.parquet.partition.PartitionLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows into one file after another. A row group is written when it is large enough or when memory for more is
 * not free, and a file ends when it is large enough. Not thread-safe.
 */
final class FileEncoder implements AutoCloseable {
    /** Rows are encoded in slices of at most this part of the budget, which is always free after a row group. */
    private static final int SLICE_PART = 64;

    private static final long LARGEST_SLICE = 4L << 20;

    private final TableWriterContext context;
    private final ParquetOptions options;
    private final MessageType schema;
    private final Map<String, String> metadata;
    private final WriterMemory memory;
    private final Bench bench;
    private final RowGroup group;
    private final long workingBytes;
    private final long sliceBytes;
    private final List<WrittenFile> finished = new ArrayList<>();
    private Map<String, String> partition = Map.of();
    private @Nullable ParquetFile file;
    private int nextNumber;
    /** Bytes of bloom filters in files that are finished. */
    private long filtersBefore;

    FileEncoder(
            TableWriterContext context,
            ParquetOptions options,
            MessageType schema,
            List<ArrowField> fields,
            Map<String, String> metadata,
            WriterMemory memory) {
        this.context = context;
        this.options = options;
        this.schema = schema;
        this.metadata = metadata;
        this.memory = memory;
        int columns = schema.getColumns().size();
        PageLimits limits = PageLimits.within(memory.capacity(), columns);
        this.sliceBytes = Math.min(LARGEST_SLICE, Math.max(1, memory.capacity() / SLICE_PART));
        this.workingBytes = limits.workingBytes(columns);
        memory.require(workingBytes + sliceBytes);
        this.bench = new Bench(limits, new PageCodec(options.codec(), options.level()), new PageArena());
        this.group = new RowGroup(schema, fields, bench, options.bloomColumns());
    }

    private void begin(Map<String, String> values) {
        if (!values.equals(partition)) {
            endFile();
            partition = values;
        }
    }

    /** Opens a file even if no row comes. */
    void openFile() throws IOException {
        file();
    }

    private ParquetFile file() throws IOException {
        ParquetFile current = file;
        if (current == null) {
            String name = String.format(Locale.ROOT, "%s-%05d.parquet", context.fileStem(), nextNumber++);
            ObjectKey key = ObjectKey.of(context.prefix() + PartitionLayout.path(partition) + name);
            current = new ParquetFile(context.store().create(key, CreateMode.FAIL_IF_EXISTS), schema, options);
            file = current;
        }
        return current;
    }

    /** Encodes consecutive rows of a batch. */
    void write(List<ArrowColumn> columns, int row, int rows) throws IOException {
        int step = rowsOfSlice(columns, rows);
        for (int done = 0; done < rows; done += step) {
            int count = Math.min(step, rows - done);
            makeRoom();
            file();
            group.write(columns, row + done, count);
            endGroupIfFull();
        }
    }

    /** Encodes rows of a partition; the file of another partition is finished. */
    void write(Map<String, String> values, ByteOut fragments) {
        begin(values);
        try {
            int next = 0;
            while (next < fragments.size()) {
                makeRoom();
                file();
                group.append(fragments.array(), next);
                endGroupIfFull();
                next += FragmentWriter.length(fragments.array(), next);
            }
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    private int rowsOfSlice(List<ArrowColumn> columns, int rows) {
        long bytes = 1;
        long length = 1;
        for (ArrowColumn column : columns) {
            bytes += column.bytes();
            length = Math.max(length, column.length());
        }
        long perRow = bytes / length + 1;
        return (int) Math.max(1, Math.min(rows, sliceBytes / perRow));
    }

    private void makeRoom() throws IOException {
        if (group.rows() > 0 && !hold()) {
            endGroup();
        }
        if (filtersBefore < group.filterBytes() && !hold()) {
            endFile();
        }
    }

    private boolean hold() {
        long filters = group.filterBytes() - filtersBefore;
        return memory.tryHold(workingBytes + filters + group.keptBytes() + sliceBytes);
    }

    private void endGroupIfFull() throws IOException {
        if (group.encodedBytes() >= options.rowGroupBytes()) {
            endGroup();
        }
    }

    private void endGroup() throws IOException {
        ParquetFile current = file();
        current.write(group);
        if (current.position() >= options.maxFileBytes()) {
            endFile();
        }
    }

    /** Finishes the file, if one is open. */
    void endFile() {
        ParquetFile current = file;
        if (current == null) {
            return;
        }
        file = null;
        try (current) {
            if (group.rows() > 0) {
                current.write(group);
            }
            filtersBefore = group.filterBytes();
            finished.add(current.finish(metadata, partition));
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    /** Returns the files that are finished, in the order in which they were begun. */
    List<WrittenFile> finished() {
        return finished;
    }

    static LakeportException notWritable(IOException e) {
        return new LakeportException(
                CoreError.TARGET_NOT_WRITABLE, "a Parquet file could not be written: " + e.getMessage(), e);
    }

    /** Gives up the file that is open; idempotent. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
        bench.close();
    }
}
