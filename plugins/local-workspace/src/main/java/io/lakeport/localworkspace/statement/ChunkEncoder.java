package io.lakeport.localworkspace.statement;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/** Encodes the rows of a chunk in one of the result formats. Immutable and thread-safe. */
final class ChunkEncoder {
    private final ResultFormat format;
    private final Compression compression;

    ChunkEncoder(Delivery delivery) {
        this.format = delivery.format();
        this.compression = delivery.effectiveCompression();
    }

    /** Encodes a chunk and gives its batches back; {@code file} is used when the chunk is large. */
    StoredChunk encode(int index, long rowOffset, RowBatches batches, Path file) throws IOException {
        try (batches;
                ChunkSink sink = new ChunkSink(file)) {
            long rows = batches.rows();
            boolean first = index == 0;
            long raw;
            if (compression == Compression.LZ4_FRAME) {
                try (Lz4FrameChannel frame = new Lz4FrameChannel(sink)) {
                    raw = write(batches, frame, first);
                }
            } else {
                raw = write(batches, sink, first);
            }
            return new StoredChunk(index, rowOffset, rows, raw, sink.finish());
        }
    }

    private long write(RowBatches batches, WritableByteChannel out, boolean first) throws IOException {
        if (format == ResultFormat.ARROW_STREAM) {
            return writeArrow(batches, out);
        }
        CountingStream stream = new CountingStream(Channels.newOutputStream(out));
        if (format == ResultFormat.CSV) {
            CsvRows.write(batches.roots(), first, stream);
        } else {
            JsonRows.write(batches.roots(), stream);
        }
        stream.flush();
        return stream.count();
    }

    private static long writeArrow(RowBatches batches, WritableByteChannel out) throws IOException {
        WriteChannel channel = new WriteChannel(out);
        MessageSerializer.serialize(channel, batches.schema());
        for (VectorSchemaRoot root : batches.roots()) {
            try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch()) {
                MessageSerializer.serialize(channel, batch);
            }
        }
        ArrowStreamWriter.writeEndOfStream(channel, IpcOption.DEFAULT);
        return channel.getCurrentPosition();
    }
}
