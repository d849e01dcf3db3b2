package io.lakeport.storage.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;

/**
 * A record batch as it lies in a stream (Arrow columnar format, "Encapsulated message format").
 *
 * @param metadata its flatbuffer
 * @param body its buffers
 */
record IpcMessage(ByteBuffer metadata, ByteBuffer body) {
    static final int CONTINUATION = -1;
    private static final int ALIGNMENT = 8;
    private static final int PREFIX = 8;

    /** Returns the record batches of a stream whose framing was checked before. */
    static List<IpcMessage> batches(ByteBuffer stream) {
        ByteBuffer rest = stream.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<IpcMessage> batches = new ArrayList<>();
        while (rest.remaining() >= Integer.BYTES) {
            int length = rest.getInt();
            if (length == CONTINUATION) {
                length = rest.getInt();
            }
            if (length == 0) {
                break;
            }
            ByteBuffer metadata = take(rest, length);
            Message message = Message.getRootAsMessage(metadata.duplicate().order(ByteOrder.LITTLE_ENDIAN));
            ByteBuffer body = take(rest, Math.toIntExact(message.bodyLength()));
            if (message.headerType() == MessageHeader.RecordBatch) {
                batches.add(new IpcMessage(metadata, body));
            }
        }
        return batches;
    }

    private static ByteBuffer take(ByteBuffer rest, int length) {
        ByteBuffer taken = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return taken;
    }

    /** Returns the metadata with the prefix of today's format, padded so that what follows is aligned. */
    ByteBuffer framed() {
        int padded = aligned(metadata.remaining());
        ByteBuffer framed = ByteBuffer.allocate(PREFIX + padded).order(ByteOrder.LITTLE_ENDIAN);
        framed.putInt(CONTINUATION).putInt(padded).put(metadata.duplicate());
        return framed.position(framed.capacity()).flip();
    }

    static int aligned(int length) {
        return Math.addExact(length, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
