package io.lakeport.warehouse.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lakeport.core.query.ResultSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into Arrow IPC streams of one record batch each, on the heap. It is used again after each stream. An
 * ARRAY, MAP, STRUCT, VARIANT or unknown type is written as the text it is given in. Not thread-safe.
 */
public final class ArrowStreamWriter {
    private static final int CONTINUATION = -1;
    private static final int ALIGNMENT = 8;
    private static final int FRAME_BYTES = 8;

    private final byte[] schemaMessage;
    private final List<ColumnBuilder> columns;
    private int rows;

    /** Makes a writer of streams with that schema. */
    public ArrowStreamWriter(ResultSchema schema) {
        this.schemaMessage = SchemaMessage.of(schema);
        this.columns = schema.columns().stream()
                .map(column -> ColumnBuilders.of(column.type()))
                .toList();
    }

    /**
     * Adds a row.
     *
     * @param values one for each column, of the class that {@code RowCursor.getObject} gives back; text where the class
     *     says so; null for NULL
     * @throws ClassCastException when a value is of another class
     * @throws ArithmeticException when a decimal or time does not fit its column
     */
    public void add(@Nullable Object[] values) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(values[i]);
        }
        rows++;
    }

    /** Returns how many rows were added since the last stream. */
    public int rows() {
        return rows;
    }

    /** Returns how long the stream of these rows is, in bytes. */
    public long bytes() {
        long body = 0;
        int buffers = 0;
        for (ColumnBuilder column : columns) {
            for (GrowingBytes buffer : column.buffers()) {
                body += aligned(buffer.length());
                buffers++;
            }
        }
        return 4L * FRAME_BYTES + aligned(schemaMessage.length) + body + batchMetadataAtMost(columns.size(), buffers);
    }

    /** Nodes and buffers are 16 bytes each; the tables around them are far smaller than what is allowed for here. */
    private static long batchMetadataAtMost(int nodes, int buffers) {
        return 16L * (nodes + buffers) + 256;
    }

    /**
     * Ends the stream and begins the next.
     *
     * @return the stream, little-endian, from position 0 to the limit
     * @throws ArithmeticException when it would be longer than 2 GiB
     */
    public ByteBuffer finish() {
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(bytes())).order(ByteOrder.LITTLE_ENDIAN);
        frame(out, schemaMessage);
        frame(out, batchMessage());
        for (ColumnBuilder column : columns) {
            for (GrowingBytes buffer : column.buffers()) {
                buffer.copyTo(out);
                pad(out);
            }
            column.clear();
        }
        out.putInt(CONTINUATION).putInt(0);
        rows = 0;
        return out.flip();
    }

    private static void frame(ByteBuffer out, byte[] metadata) {
        out.putInt(CONTINUATION).putInt((int) aligned(metadata.length)).put(metadata);
        pad(out);
    }

    private static void pad(ByteBuffer out) {
        while (out.position() % ALIGNMENT != 0) {
            out.put((byte) 0);
        }
    }

    private static long aligned(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private byte[] batchMessage() {
        FlatBufferBuilder out = new FlatBufferBuilder(1024);
        List<GrowingBytes> buffers =
                columns.stream().flatMap(c -> c.buffers().stream()).toList();
        long body = buffers.stream().mapToLong(b -> aligned(b.length())).sum();
        RecordBatch.startBuffersVector(out, buffers.size());
        long offset = body;
        for (int i = buffers.size() - 1; i >= 0; i--) {
            offset -= aligned(buffers.get(i).length());
            Buffer.createBuffer(out, offset, buffers.get(i).length());
        }
        int bufferVector = out.endVector();
        RecordBatch.startNodesVector(out, columns.size());
        for (int i = columns.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(out, rows, columns.get(i).nulls());
        }
        int nodes = out.endVector();
        int batch = RecordBatch.createRecordBatch(out, rows, nodes, bufferVector, 0, 0);
        out.finish(Message.createMessage(out, MetadataVersion.V5, MessageHeader.RecordBatch, batch, body, 0));
        return out.sizedByteArray();
    }
}
