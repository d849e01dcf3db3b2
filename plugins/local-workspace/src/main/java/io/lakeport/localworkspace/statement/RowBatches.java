package io.lakeport.localworkspace.statement;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The record batches of one chunk, held until they are encoded. Passed from the reading thread to the encoding one. */
final class RowBatches implements AutoCloseable {
    private final List<VectorSchemaRoot> roots = new ArrayList<>();
    private final Schema schema;
    private long rows;

    RowBatches(Schema schema) {
        this.schema = schema;
    }

    /** Takes over a batch. */
    void add(VectorSchemaRoot root) {
        roots.add(root);
        rows += root.getRowCount();
    }

    List<VectorSchemaRoot> roots() {
        return roots;
    }

    Schema schema() {
        return schema;
    }

    long rows() {
        return rows;
    }

    @Override
    public void close() {
        roots.forEach(VectorSchemaRoot::close);
        roots.clear();
    }
}
