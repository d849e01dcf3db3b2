package io.lakeport.localworkspace.engine.duck;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Shows DuckDB's batches under Databricks' schema without copying: names, nullability, and the types that DuckDB holds
 * as plain numbers (intervals) differ, the buffers are the same.
 */
final class RelabelReader extends ArrowReader {
    private final ArrowReader source;
    private final Schema schema;
    private final BufferAllocator allocator;
    private final Execution execution;
    private boolean firstIsReady;
    private boolean firstHasRows;

    RelabelReader(ArrowReader source, Schema schema, BufferAllocator allocator, Execution execution) {
        super(allocator);
        this.source = source;
        this.schema = schema;
        this.allocator = allocator;
        this.execution = execution;
    }

    /** Reads the first batch, so that a statement fails when it is executed rather than when it is read. */
    void prefetch() {
        try {
            firstHasRows = load();
            firstIsReady = true;
        } catch (IOException e) {
            throw execution.isCancelled() ? DuckErrors.cancelled(e) : DuckErrors.translate(e);
        }
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        if (firstIsReady) {
            firstIsReady = false;
            return firstHasRows;
        }
        try {
            return load();
        } catch (IOException e) {
            throw execution.isCancelled() ? DuckErrors.cancelled(e) : DuckErrors.translate(e);
        }
    }

    private boolean load() throws IOException {
        execution.check();
        prepareLoadNextBatch();
        if (!source.loadNextBatch()) {
            return false;
        }
        VectorSchemaRoot from = source.getVectorSchemaRoot();
        VectorSchemaRoot to = getVectorSchemaRoot();
        int rows = from.getRowCount();
        for (int i = 0; i < to.getFieldVectors().size(); i++) {
            copy(from.getVector(i), to.getVector(i), rows);
        }
        to.setRowCount(rows);
        return true;
    }

    private static void copy(FieldVector from, FieldVector to, int rows) {
        if (to instanceof NullVector) {
            to.setValueCount(rows);
            return;
        }
        to.loadFieldBuffers(new ArrowFieldNode(rows, from.getNullCount()), from.getFieldBuffers());
        for (int i = 0; i < to.getChildrenFromFields().size(); i++) {
            FieldVector child = from.getChildrenFromFields().get(i);
            copy(child, to.getChildrenFromFields().get(i), child.getValueCount());
        }
    }

    @Override
    public long bytesRead() {
        return source.bytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
        source.close();
        allocator.close();
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
