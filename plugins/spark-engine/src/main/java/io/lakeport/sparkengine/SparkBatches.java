package io.lakeport.sparkengine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Iterator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** Spark's serialized batches under Databricks' schema: the buffers are the same, names and time zones are not. */
final class SparkBatches extends ArrowReader {
    private final Iterator<byte[]> batches;
    private final Schema schema;
    private final BufferAllocator allocator;
    private final Run run;
    private boolean firstIsReady;
    private boolean firstHasRows;
    private long bytes;

    SparkBatches(Iterator<byte[]> batches, Schema schema, BufferAllocator allocator, Run run) {
        super(allocator);
        this.batches = batches;
        this.schema = schema;
        this.allocator = allocator;
        this.run = run;
    }

    /** Reads the first batch, so that a statement fails when it is executed rather than when it is read. */
    void prefetch() throws IOException {
        firstHasRows = load();
        firstIsReady = true;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        if (firstIsReady) {
            firstIsReady = false;
            return firstHasRows;
        }
        return load();
    }

    private boolean load() throws IOException {
        try {
            run.check();
            prepareLoadNextBatch();
            if (!batches.hasNext()) {
                return false;
            }
            byte[] batch = batches.next();
            bytes += batch.length;
            ReadChannel channel = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(batch)));
            try (ArrowRecordBatch records = MessageSerializer.deserializeRecordBatch(channel, allocator)) {
                new VectorLoader(getVectorSchemaRoot()).load(records);
            }
            return true;
        } catch (RuntimeException e) {
            throw SparkErrors.translate(e, run.isCancelled());
        }
    }

    @Override
    public long bytesRead() {
        return bytes;
    }

    @Override
    protected void closeReadSource() {
        allocator.close();
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
