package io.lakeport.localworkspace.thrift;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * Some rows of a stored chunk, for clients that ask for fewer than a chunk has or cannot read Arrow.
 *
 * @param chunk the chunk as it is stored
 * @param compressed whether it is an LZ4 frame
 * @param from first row inside the chunk
 * @param count number of rows
 */
record ArrowRows(byte[] chunk, boolean compressed, long from, long count) {
    /** Takes batches, each valid only during the call. */
    interface Visitor {
        void visit(VectorSchemaRoot batch) throws IOException;
    }

    void forEachBatch(Visitor visitor) throws IOException {
        if (count == 0) {
            return;
        }
        InputStream bytes = new ByteArrayInputStream(chunk);
        try (InputStream plain = compressed ? new LZ4FrameInputStream(bytes) : bytes;
                BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(plain, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            long passed = 0;
            while (passed < from + count && reader.loadNextBatch()) {
                long first = Math.max(0, from - passed);
                long last = Math.min(root.getRowCount(), from + count - passed);
                if (first < last) {
                    try (VectorSchemaRoot slice = root.slice((int) first, (int) (last - first))) {
                        visitor.visit(slice);
                    }
                }
                passed += root.getRowCount();
            }
        }
    }

    /** Returns record batch messages without the schema, compressed as the chunk is. */
    byte[] toBatches() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WriteChannel channel = new WriteChannel(Channels.newChannel(out));
        forEachBatch(slice -> {
            try (ArrowRecordBatch batch = new VectorUnloader(slice).getRecordBatch()) {
                MessageSerializer.serialize(channel, batch);
            }
        });
        if (!compressed) {
            return out.toByteArray();
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try (LZ4FrameOutputStream lz4 = new LZ4FrameOutputStream(frame)) {
            out.writeTo(lz4);
        }
        return frame.toByteArray();
    }
}
