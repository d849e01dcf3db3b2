package io.lakeport.storage.parquet.partition;

import io.lakeport.core.arrow.ArrowBatch;
import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.storage.parquet.page.ByteOut;
import io.lakeport.storage.parquet.page.FragmentWriter;
import io.lakeport.storage.parquet.page.WriterMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.parquet.schema.MessageType;

/** Sorts the rows of batches into partitions, and gives each partition's rows to its files. Not thread-safe. */
public final class PartitionedRows implements AutoCloseable {
    /** Rows are sorted in slices of so many bytes, so that what is made of them is small beside the budget. */
    private static final int SLICE_PART = 64;

    private static final long LARGEST_SLICE = 4L << 20;

    /** Takes rows as fragments, partition by partition. */
    public interface Target {
        /** Takes rows of a partition; {@code values} are by column name, as {@link PartitionLayout#values} gives them. */
        void accept(Map<String, String> values, ByteOut fragments);
    }

    private final PartitionLayout layout;
    private final PartitionIndex index;
    private final RowOrder order = new RowOrder();
    private final FragmentWriter fragments;
    private final PartitionBuffer buffer;
    private final long sliceBytes;

    /**
     * Creates one.
     *
     * @param schema of the files
     * @param fields that stay in the files
     * @param memory holds rows until their file is written
     * @param scratch where rows go that do not fit
     * @param check refuses partitions whose directory cannot exist
     */
    public PartitionedRows(
            PartitionLayout layout,
            MessageType schema,
            List<ArrowField> fields,
            WriterMemory memory,
            Optional<Path> scratch,
            Consumer<Map<String, String>> check,
            Target target) {
        this.layout = layout;
        this.index = new PartitionIndex(layout, check);
        this.fragments = new FragmentWriter(schema, fields);
        this.sliceBytes = Math.min(LARGEST_SLICE, Math.max(1, memory.capacity() / SLICE_PART));
        this.buffer =
                new PartitionBuffer(memory, scratch, (partition, rows) -> target.accept(index.values(partition), rows));
    }

    /** Adds the rows of a batch. */
    public void write(ArrowBatch batch) {
        long bytes = batch.columns().stream().mapToLong(ArrowColumn::bytes).sum();
        int step = (int) Math.max(1, sliceBytes / (bytes / Math.max(1, batch.length()) + 1));
        List<ArrowColumn> kept =
                layout.rest().stream().map(batch.columns()::get).toList();
        for (int row = 0; row < batch.length(); row += step) {
            write(batch, kept, row, Math.min(step, batch.length() - row));
        }
    }

    private void write(ArrowBatch batch, List<ArrowColumn> kept, int row, int rows) {
        int[] partitions = index.of(batch.columns(), row, rows);
        order.order(partitions, row, rows, index.size());
        for (int partition = 0; partition < index.size(); partition++) {
            int from = order.from(partition);
            int to = order.to(partition);
            if (from < to) {
                buffer.add(partition, fragments.write(kept, order.rows(), from, to));
            }
        }
    }

    /** Gives all rows to their files. */
    public void finish() {
        buffer.finish();
    }

    /** Forgets rows that are in no file; idempotent. */
    @Override
    public void close() {
        buffer.close();
    }
}
