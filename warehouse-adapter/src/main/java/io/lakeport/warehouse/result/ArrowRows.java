package io.lakeport.warehouse.result;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Counts the rows of an Arrow IPC stream by its record batch headers, and walks over the bodies, so that a stream that
 * was cut or damaged is noticed before anybody reads values (Arrow Columnar Format, "Encapsulated message format").
 */
final class ArrowRows {
    private static final int CONTINUATION = -1;
    private static final byte RECORD_BATCH = 3;
    private static final int FIELD_HEADER_TYPE = 1;
    private static final int FIELD_HEADER = 2;
    private static final int FIELD_BODY_LENGTH = 3;
    private static final int FIELD_LENGTH = 0;

    private ArrowRows() {}

    /**
     * Returns how many rows the stream holds.
     *
     * @throws IllegalArgumentException when it is not a whole stream
     */
    static long count(ByteBuffer stream) {
        ByteBuffer in = stream.slice().order(ByteOrder.LITTLE_ENDIAN);
        try {
            return walk(in);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("an Arrow message reaches beyond the stream", e);
        }
    }

    private static long walk(ByteBuffer in) {
        long rows = 0;
        long at = 0;
        // A stream may end without its end-of-stream marker; the row count tells whether it is whole.
        while (at < in.capacity()) {
            int word = in.getInt(index(in, at));
            boolean marked = word == CONTINUATION;
            int length = marked ? in.getInt(index(in, at + Integer.BYTES)) : word;
            long message = at + (marked ? 2 : 1) * Integer.BYTES;
            if (length == 0) {
                return rows;
            }
            int root = (int) message + in.getInt(index(in, message));
            rows += rowsOf(in, root);
            at = message + length + longField(in, root, FIELD_BODY_LENGTH);
            index(in, at - 1);
        }
        return rows;
    }

    private static long rowsOf(ByteBuffer in, int root) {
        int type = field(in, root, FIELD_HEADER_TYPE);
        int header = field(in, root, FIELD_HEADER);
        if (type == 0 || header == 0) {
            throw new IllegalArgumentException("an Arrow message has no header");
        }
        return in.get(type) == RECORD_BATCH ? longField(in, header + in.getInt(header), FIELD_LENGTH) : 0;
    }

    private static long longField(ByteBuffer in, int table, int number) {
        int at = field(in, table, number);
        return at == 0 ? 0 : in.getLong(at);
    }

    /** Returns where a field of a flatbuffer table stands, 0 when the table leaves it out. */
    private static int field(ByteBuffer in, int table, int number) {
        int vtable = table - in.getInt(table);
        int slot = 4 + 2 * number;
        int offset = slot < (in.getShort(vtable) & 0xFFFF) ? in.getShort(vtable + slot) & 0xFFFF : 0;
        return offset == 0 ? 0 : table + offset;
    }

    private static int index(ByteBuffer in, long at) {
        if (at < 0 || at >= in.capacity()) {
            throw new IndexOutOfBoundsException();
        }
        return (int) at;
    }
}
