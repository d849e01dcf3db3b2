package io.lakeport.core.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Reads an Arrow IPC stream that lies whole in one buffer, without copying it: columns are views. Not thread-safe; the
 * buffer must not change or be freed while batches are in use.
 *
 * <p>Format: Arrow columnar format, "IPC Streaming Format" and "Encapsulated message format".
 */
public final class ArrowStream {
    private static final int CONTINUATION = 0xFFFFFFFF;
    private static final int SCHEMA = 1;
    private static final int RECORD_BATCH = 3;

    private final ByteBuffer buffer;
    private final List<ArrowField> fields;
    private int position;

    private ArrowStream(ByteBuffer source) {
        // Sliced, so that positions in errors count from the stream's first byte.
        this.buffer = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        Message schema = next().orElseThrow(() -> new ArrowFormatException("the stream is empty, expected a schema"));
        if (schema.type != SCHEMA) {
            throw new ArrowFormatException("the first message is of type " + schema.type + ", expected a schema");
        }
        this.fields = SchemaReader.fields(schema.header);
    }

    /**
     * Reads the schema of a stream.
     *
     * @param stream the stream, from its position to its limit; its position does not change
     * @throws ArrowFormatException when it does not begin with a schema that can be read
     */
    public static ArrowStream read(ByteBuffer stream) {
        return new ArrowStream(stream);
    }

    /** Returns the columns of the schema. */
    public List<ArrowField> fields() {
        return fields;
    }

    /**
     * Returns the next batch, empty at the end of the stream.
     *
     * @throws ArrowFormatException when the bytes are not a record batch of this schema
     */
    public Optional<ArrowBatch> nextBatch() {
        return nextRecordBatch().map(message -> BatchReader.read(buffer, message, fields));
    }

    /** Returns how many rows the stream holds, reading the headers of its batches only. */
    public static long countRows(ByteBuffer stream) {
        ArrowStream reader = read(stream);
        long rows = 0;
        for (Optional<Message> next = reader.nextRecordBatch(); next.isPresent(); next = reader.nextRecordBatch()) {
            rows += next.get().header.int64(0, 0);
        }
        return rows;
    }

    private Optional<Message> nextRecordBatch() {
        Optional<Message> next = next();
        next.filter(message -> message.type != RECORD_BATCH).ifPresent(message -> {
            throw new ArrowFormatException(
                    "message of type " + message.type + " before offset " + position + ", expected a record batch");
        });
        return next;
    }

    private Optional<Message> next() {
        if (position == buffer.limit()) {
            return Optional.empty();
        }
        int length = readInt();
        if (length == CONTINUATION) {
            length = readInt();
        }
        if (length == 0) {
            position = buffer.limit();
            return Optional.empty();
        }
        if (length < 0 || length > buffer.limit() - position) {
            throw new ArrowFormatException("metadata of " + length + " bytes at offset " + position
                    + " leaves the stream of " + buffer.limit() + " bytes");
        }
        FlatTable message = FlatTable.root(buffer, position);
        int bodyStart = position + length;
        long bodyLength = message.int64(3, 0);
        if (bodyLength < 0 || bodyLength > buffer.limit() - bodyStart) {
            throw new ArrowFormatException("body of " + bodyLength + " bytes at offset " + bodyStart
                    + " leaves the stream of " + buffer.limit() + " bytes");
        }
        position = bodyStart + (int) bodyLength;
        return Optional.of(new Message(message.int8(1, 0), message.table(2), bodyStart, (int) bodyLength));
    }

    private int readInt() {
        if (buffer.limit() - position < Integer.BYTES) {
            throw new ArrowFormatException("the stream ends inside a message, at offset " + position);
        }
        int value = buffer.getInt(position);
        position += Integer.BYTES;
        return value;
    }

    /**
     * One message.
     *
     * @param type number of the header's type in {@code Message.fbs}
     * @param header the header
     * @param bodyStart offset of the body
     * @param bodyLength bytes of the body
     */
    record Message(int type, FlatTable header, int bodyStart, int bodyLength) {}
}
