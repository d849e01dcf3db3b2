package io.lakeport.storage.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.storage.partition.GrowingBytes;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/** A record batch of some rows of another. */
final class IpcBatch {
    private static final int INITIAL = 1024;

    private final int rows;
    private final RowGather gathered = new RowGather();
    private long bodyBytes;

    IpcBatch(List<ArrowColumn> columns, int[] rows) {
        this.rows = rows.length;
        columns.forEach(column -> gathered.add(column, rows));
        for (byte[] buffer : gathered.buffers()) {
            bodyBytes += IpcMessage.aligned(buffer.length);
        }
    }

    long bodyBytes() {
        return bodyBytes;
    }

    /** Adds the message and returns how long its metadata is, prefix included. */
    int write(GrowingBytes out) {
        ByteBuffer metadata = new IpcMessage(ByteBuffer.wrap(metadata()), ByteBuffer.allocate(0)).framed();
        out.utf8(metadata.array());
        for (byte[] buffer : gathered.buffers()) {
            out.utf8(buffer).utf8(new byte[IpcMessage.aligned(buffer.length) - buffer.length]);
        }
        return metadata.capacity();
    }

    private byte[] metadata() {
        FlatBufferBuilder out = new FlatBufferBuilder(INITIAL);
        List<byte[]> buffers = gathered.buffers();
        RecordBatch.startBuffersVector(out, buffers.size());
        long offset = bodyBytes;
        for (int i = buffers.size() - 1; i >= 0; i--) {
            offset -= IpcMessage.aligned(buffers.get(i).length);
            Buffer.createBuffer(out, offset, buffers.get(i).length);
        }
        int places = out.endVector();
        List<long[]> counts = gathered.nodes();
        RecordBatch.startNodesVector(out, counts.size());
        for (int i = counts.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(out, counts.get(i)[0], counts.get(i)[1]);
        }
        int nodes = out.endVector();
        int batch = RecordBatch.createRecordBatch(out, rows, nodes, places, 0, 0);
        out.finish(Message.createMessage(out, MetadataVersion.V5, MessageHeader.RecordBatch, batch, bodyBytes, 0));
        return out.sizedByteArray();
    }
}
