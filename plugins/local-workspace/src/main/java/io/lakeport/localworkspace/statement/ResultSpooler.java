package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads one result and encodes it in chunks while it still streams: the calling thread reads, encoding threads write.
 * At most {@link #IN_FLIGHT} chunks wait in memory, so that a huge result does not.
 */
final class ResultSpooler {
    private static final int IN_FLIGHT = 3;

    private final Delivery delivery;
    private final int chunkRows;
    private final ChunkEncoder encoder;
    private final Path directory;
    private final Executor encoders;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
    private final List<FutureTask<StoredChunk>> chunks = new ArrayList<>();
    private long rowsRead;
    private long rowsSubmitted;
    private long bytesRead;
    private boolean truncated;

    /**
     * Creates a spooler for one result.
     *
     * @param chunkRows rows of a full chunk
     * @param directory existing directory for the chunks' files
     */
    ResultSpooler(Delivery delivery, int chunkRows, Path directory, Executor encoders) {
        this.delivery = delivery;
        this.chunkRows = chunkRows;
        this.encoder = new ChunkEncoder(delivery);
        this.directory = directory;
        this.encoders = encoders;
    }

    /**
     * Reads the whole result.
     *
     * @throws EngineException when the engine fails on the way, or the result is too large to be inline
     */
    StoredResult spool(EngineResult result) throws IOException, InterruptedException {
        List<StoredChunk> stored;
        try {
            if (!result.columns().isEmpty()) {
                readAll(result);
            }
        } finally {
            stored = collect();
        }
        return new StoredResult(
                result.columns(),
                stored,
                truncated,
                result.statementType(),
                result.transfer().isPresent());
    }

    private void readAll(EngineResult result) throws IOException, InterruptedException {
        ArrowReader reader = result.reader();
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        TextColumns texts = new TextColumns(delivery.shape());
        Schema schema = texts.schema(SqlNames.on(root.getSchema(), result.columns()));
        RowBatches pending = new RowBatches(schema);
        try {
            while (!truncated && reader.loadNextBatch()) {
                int rows = admit(root);
                for (int from = 0; from < rows; from += chunkRows) {
                    int count = Math.min(chunkRows, rows - from);
                    if (pending.rows() > 0 && pending.rows() + count > chunkRows) {
                        submit(pending);
                        pending = new RowBatches(schema);
                    }
                    // A slice shares the buffers, and keeps them when the reader moves on.
                    pending.add(texts.convert(root.slice(from, count)));
                }
            }
            if (pending.rows() > 0) {
                submit(pending);
                pending = new RowBatches(schema);
            }
        } finally {
            pending.close();
        }
    }

    /** Returns how many rows of the batch are within the limits. */
    private int admit(VectorSchemaRoot root) {
        int rows = root.getRowCount();
        long bytes = root.getFieldVectors().stream()
                .mapToLong(FieldVector::getBufferSize)
                .sum();
        long admitted = Math.min(rows, delivery.rowLimit() - rowsRead);
        if (bytes > delivery.byteLimit() - bytesRead) {
            admitted = Math.min(admitted, rows * (delivery.byteLimit() - bytesRead) / Math.max(1, bytes));
        }
        truncated = admitted < rows;
        rowsRead += admitted;
        bytesRead += bytes;
        if (delivery.disposition() == Disposition.INLINE && bytesRead > Delivery.INLINE_LIMIT && !truncated) {
            throw inlineLimit();
        }
        return (int) admitted;
    }

    /** The text is the service's own, since clients look for it to try again with links. */
    private static EngineException inlineLimit() {
        return new EngineException(
                "BAD_REQUEST",
                "54000",
                "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at"
                        + " most " + Delivery.INLINE_LIMIT + " bytes. Please execute the statement with"
                        + " disposition=EXTERNAL_LINKS if you want to download the full result.",
                null);
    }

    private void submit(RowBatches batches) throws IOException, InterruptedException {
        SpoolSpace.require(directory);
        inFlight.acquire();
        int index = chunks.size();
        long offset = rowsSubmitted;
        rowsSubmitted += batches.rows();
        FutureTask<StoredChunk> task = new FutureTask<>(() -> {
            try {
                return encoder.encode(index, offset, batches, directory.resolve("chunk-" + index));
            } finally {
                inFlight.release();
            }
        });
        chunks.add(task);
        encoders.execute(task);
    }

    private List<StoredChunk> collect() throws IOException, InterruptedException {
        List<StoredChunk> stored = new ArrayList<>();
        for (FutureTask<StoredChunk> chunk : chunks) {
            try {
                stored.add(chunk.get());
            } catch (ExecutionException | CancellationException e) {
                throw new IOException("cannot encode a chunk of the result into " + directory, e);
            }
        }
        return stored;
    }
}
