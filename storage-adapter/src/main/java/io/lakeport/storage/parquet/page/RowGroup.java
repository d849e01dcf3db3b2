package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * The row group being encoded, column by column. It serves one row group after another, also of different files with
 * the same schema, and keeps its buffers. Not thread-safe.
 */
public final class RowGroup {
    private final Bench bench;
    private final List<LeafWriter> leaves = new ArrayList<>();
    private final List<TopColumn> columns = new ArrayList<>();
    private long rows;

    /**
     * Creates an empty one.
     *
     * @param fields those of the schema
     * @param filtered dotted paths of the leaves with a bloom filter
     */
    public RowGroup(MessageType schema, List<ArrowField> fields, Bench bench, Set<String> filtered) {
        this.bench = bench;
        List<ArrowField> leafFields = ShredderTree.leaves(fields);
        List<ColumnDescriptor> descriptors = schema.getColumns();
        for (int i = 0; i < descriptors.size(); i++) {
            ColumnDescriptor descriptor = descriptors.get(i);
            Values values = Values.of(leafFields.get(i).type(), descriptor.getPrimitiveType());
            boolean filter = filtered.contains(String.join(".", descriptor.getPath()));
            leaves.add(new LeafWriter(descriptor, values, bench, filter));
        }
        int next = 0;
        for (ArrowField field : fields) {
            int own = ShredderTree.leaves(List.of(field)).size();
            columns.add(new TopColumn(field, leaves.subList(next, next + own), bench.limits));
            next += own;
        }
    }

    /** Encodes consecutive rows of a batch, one column after another. */
    public void write(List<ArrowColumn> batch, int row, int count) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).write(batch.get(i), row, count);
        }
        rows += count;
    }

    /** Encodes the rows of a fragment. */
    public void append(byte[] fragments, int start) throws IOException {
        int at = start + 2 * Integer.BYTES;
        int count = FragmentWriter.rows(fragments, start);
        for (LeafWriter leaf : leaves) {
            at = leaf.append(fragments, at, count);
        }
        rows += count;
    }

    /** Returns how many rows it has. */
    public long rows() {
        return rows;
    }

    /** Returns how many bytes its pages have before compression. */
    public long encodedBytes() {
        long bytes = 0;
        for (LeafWriter leaf : leaves) {
            bytes += leaf.encodedBytes();
        }
        return bytes;
    }

    /** Returns how many bytes its finished pages have, and the hashes for bloom filters. */
    public long keptBytes() {
        return bench.arena.size()
                + leaves.stream().mapToLong(LeafWriter::hashBytes).sum();
    }

    /** Returns how many bytes the bloom filters of all row groups so far have; a file keeps them until its end. */
    public long filterBytes() {
        return leaves.stream().mapToLong(LeafWriter::filterBytes).sum();
    }

    /** Writes all rows to a file and begins the next row group; there is at least one row. */
    public void writeTo(ParquetFileWriter file) throws IOException {
        file.startBlock(rows);
        for (LeafWriter leaf : leaves) {
            leaf.writeTo(file);
        }
        file.endBlock();
        clear();
    }

    /** Forgets the rows. */
    public void clear() {
        leaves.forEach(LeafWriter::clear);
        bench.arena.clear();
        rows = 0;
    }
}
