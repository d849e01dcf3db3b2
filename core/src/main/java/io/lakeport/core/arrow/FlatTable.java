package io.lakeport.core.arrow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A table in a flatbuffer, read in place. Every position is checked against the buffer, so that hostile bytes end in an
 * {@link ArrowFormatException}. Fields are named by their number in the schema.
 */
final class FlatTable {
    private final ByteBuffer buffer;
    private final int position;
    private final int vtable;
    private final int vtableSize;

    private FlatTable(ByteBuffer buffer, int position) {
        this.buffer = buffer;
        this.position = position;
        this.vtable = position - int32(buffer, position);
        this.vtableSize = uint16(buffer, vtable);
    }

    /** Returns the root table of a flatbuffer that begins at {@code start}. */
    static FlatTable root(ByteBuffer buffer, int start) {
        return new FlatTable(buffer, follow(buffer, start));
    }

    /** Returns the position of a field, 0 when the table does not have it. */
    private int at(int field) {
        int entry = 4 + 2 * field;
        if (entry + 2 > vtableSize) {
            return 0;
        }
        int offset = uint16(buffer, vtable + entry);
        return offset == 0 ? 0 : position + offset;
    }

    boolean has(int field) {
        return at(field) != 0;
    }

    int int32(int field, int absent) {
        int at = at(field);
        return at == 0 ? absent : int32(buffer, at);
    }

    int int16(int field, int absent) {
        int at = at(field);
        return at == 0 ? absent : (short) uint16(buffer, at);
    }

    int int8(int field, int absent) {
        int at = at(field);
        return at == 0 ? absent : int8(buffer, at);
    }

    long int64(int field, long absent) {
        int at = at(field);
        return at == 0 ? absent : int64(buffer, at);
    }

    /** Returns a text, empty when the table does not have it. */
    String text(int field) {
        int at = at(field);
        if (at == 0) {
            return "";
        }
        int start = follow(buffer, at);
        int length = int32(buffer, start);
        if (length < 0 || length > buffer.limit() - start - 4) {
            throw new ArrowFormatException("text of " + length + " bytes at offset " + start + " leaves the buffer");
        }
        byte[] bytes = new byte[length];
        buffer.get(start + 4, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns a nested table; the caller asked {@link #has} before. */
    FlatTable table(int field) {
        int at = at(field);
        if (at == 0) {
            throw new ArrowFormatException("table at offset " + position + " lacks field " + field);
        }
        return new FlatTable(buffer, follow(buffer, at));
    }

    /** Returns how many elements a vector has, 0 when the table does not have it. */
    int vectorLength(int field, int elementBytes) {
        int at = at(field);
        if (at == 0) {
            return 0;
        }
        int start = follow(buffer, at);
        int length = int32(buffer, start);
        if (length < 0 || (long) length * elementBytes > buffer.limit() - start - 4) {
            throw new ArrowFormatException("vector of " + length + " at offset " + start + " leaves the buffer");
        }
        return length;
    }

    /** Returns the element of a vector of tables. */
    FlatTable element(int field, int index) {
        return new FlatTable(buffer, follow(buffer, vectorStart(field) + 4 * index));
    }

    /** Returns the position of the first element of a vector. */
    int vectorStart(int field) {
        return follow(buffer, at(field)) + 4;
    }

    private static int follow(ByteBuffer buffer, int at) {
        int offset = int32(buffer, at);
        int target = at + offset;
        if (offset < 0 || target < 0 || target > buffer.limit() - 4) {
            throw new ArrowFormatException("reference at offset " + at + " leaves the buffer");
        }
        return target;
    }

    private static void check(ByteBuffer buffer, int at, int bytes) {
        if (at < 0 || at > buffer.limit() - bytes) {
            throw new ArrowFormatException("offset " + at + " is outside the buffer of " + buffer.limit() + " bytes");
        }
    }

    private static int int8(ByteBuffer buffer, int at) {
        check(buffer, at, 1);
        return buffer.get(at);
    }

    private static int uint16(ByteBuffer buffer, int at) {
        check(buffer, at, 2);
        return buffer.getShort(at) & 0xFFFF;
    }

    private static int int32(ByteBuffer buffer, int at) {
        check(buffer, at, 4);
        return buffer.getInt(at);
    }

    static long int64(ByteBuffer buffer, int at) {
        check(buffer, at, 8);
        return buffer.getLong(at);
    }
}
