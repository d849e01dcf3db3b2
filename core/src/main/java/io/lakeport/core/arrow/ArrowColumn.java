package io.lakeport.core.arrow;

import io.lakeport.core.arrow.BatchReader.Region;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The values of one column in one batch, read in place. Accessors take a row of the batch and do not check for NULL:
 * ask {@link #isNull} first. An accessor that does not fit the physical type reads nonsense but never outside the
 * stream. Thread-safe for reading.
 */
public final class ArrowColumn {
    /** Texts of one ASCII character: flags and codes come by the million. */
    private static final String[] SINGLE =
            IntStream.range(0, 128).mapToObj(c -> String.valueOf((char) c)).toArray(String[]::new);

    private final ArrowField field;
    private final ByteBuffer buffer;
    private final int length;
    private final int nullCount;
    private final Region validity;
    private final Region offsets;
    private final Region data;
    private final List<ArrowColumn> children;
    private final boolean longOffsets;
    private final boolean alwaysNull;
    /** Parts of the above once more: each value that is read asks for them, and every step to them costs. */
    private final ArrowType.Kind kind;

    private final int validityStart;
    private final boolean hasValidity;
    private final int dataStart;

    ArrowColumn(
            ArrowField field,
            ByteBuffer buffer,
            int length,
            int nullCount,
            Region validity,
            Region offsets,
            Region data,
            List<ArrowColumn> children) {
        this.field = field;
        this.buffer = buffer;
        this.length = length;
        this.nullCount = nullCount;
        this.validity = validity;
        this.offsets = offsets;
        this.data = data;
        this.children = List.copyOf(children);
        this.longOffsets = field.type().offsetWidth() == Long.BYTES;
        this.kind = field.type().kind();
        this.alwaysNull = kind == ArrowType.Kind.NULL;
        this.validityStart = validity.start();
        this.hasValidity = validity.length() > 0;
        this.dataStart = data.start();
    }

    /** Returns name and type. */
    public ArrowField field() {
        return field;
    }

    /** Returns the kind of its type. */
    ArrowType.Kind kind() {
        return kind;
    }

    /** Returns how many values there are, NULLs included. */
    public int length() {
        return length;
    }

    /** Returns how many values are NULL. */
    public int nullCount() {
        return nullCount;
    }

    /** Returns how many bytes its buffers have in the stream, those of its children included. */
    public long bytes() {
        long bytes = (long) validity.length() + offsets.length() + data.length();
        for (ArrowColumn child : children) {
            bytes += child.bytes();
        }
        return bytes;
    }

    /** Returns the columns of a nested type. */
    public List<ArrowColumn> children() {
        return children;
    }

    /** Returns whether the value is NULL. */
    public boolean isNull(int row) {
        if (hasValidity) {
            return (buffer.get(validityStart + (row >> 3)) >> (row & 7) & 1) == 0;
        }
        return alwaysNull;
    }

    /** Returns the validity bits, least significant first; empty when no value is NULL or the type has none. */
    public ByteBuffer validity() {
        return slice(validity.start(), validity.length());
    }

    /** Returns the bytes of fixed-width values, or all bytes that offsets point into. */
    public ByteBuffer data() {
        return slice(data.start(), data.length());
    }

    /** Returns a BOOL. */
    public boolean bool(int row) {
        return (buffer.get(dataStart + (row >> 3)) >> (row & 7) & 1) != 0;
    }

    /** Returns a value of 8 bits. */
    public byte int8(int row) {
        return buffer.get(dataStart + row);
    }

    /** Returns a value of 16 bits. */
    public short int16(int row) {
        return buffer.getShort(dataStart + row * Short.BYTES);
    }

    /** Returns a value of 32 bits. */
    public int int32(int row) {
        return buffer.getInt(dataStart + row * Integer.BYTES);
    }

    /** Returns a value of 64 bits. */
    public long int64(int row) {
        return buffer.getLong(dataStart + row * Long.BYTES);
    }

    /** Returns a FLOAT32. */
    public float float32(int row) {
        return buffer.getFloat(dataStart + row * Float.BYTES);
    }

    /** Returns a FLOAT64. */
    public double float64(int row) {
        return buffer.getDouble(dataStart + row * Double.BYTES);
    }

    /** Returns a DECIMAL128 with its scale. */
    public BigDecimal decimal(int row) {
        int at = dataStart + row * 2 * Long.BYTES;
        long low = buffer.getLong(at);
        long high = buffer.getLong(at + Long.BYTES);
        int scale = field.type().scale();
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, scale);
        }
        byte[] bigEndian = new byte[2 * Long.BYTES];
        ByteBuffer.wrap(bigEndian).putLong(high).putLong(low);
        return new BigDecimal(new BigInteger(bigEndian), scale);
    }

    /** Returns the low 64 bits of a DECIMAL128: the whole unscaled value when its precision is at most 18. */
    public long decimalLow(int row) {
        return buffer.getLong(dataStart + row * 2 * Long.BYTES);
    }

    /** Returns the high 64 bits of a DECIMAL128. */
    public long decimalHigh(int row) {
        return buffer.getLong(dataStart + row * 2 * Long.BYTES + Long.BYTES);
    }

    /** Copies {@code count} values of 32 bits, NULLs among them with whatever bits they have. */
    public void copyInts(int row, int count, int[] target, int at) {
        whole(row, count, Integer.BYTES).asIntBuffer().get(target, at, count);
    }

    /** Copies {@code count} values of 64 bits, NULLs among them with whatever bits they have. */
    public void copyLongs(int row, int count, long[] target, int at) {
        whole(row, count, Long.BYTES).asLongBuffer().get(target, at, count);
    }

    /** Copies bytes that offsets point into; {@code start} and {@code count} are those of the data, not of rows. */
    public void copyBytes(int start, int count, byte[] target, int at) {
        Objects.checkFromIndexSize(start, count, data.length());
        buffer.get(data.start() + start, target, at, count);
    }

    /**
     * Writes 1 for each value that is there and 0 for each NULL.
     *
     * @return how many values are there
     */
    public int copyValidity(int row, int count, byte[] target, int at) {
        if (alwaysNull || validity.length() == 0) {
            Arrays.fill(target, at, at + count, (byte) (alwaysNull ? 0 : 1));
            return alwaysNull ? 0 : count;
        }
        int present = 0;
        for (int i = 0; i < count; i++) {
            int bit = row + i;
            int valid = buffer.get(validity.start() + (bit >> 3)) >> (bit & 7) & 1;
            target[at + i] = (byte) valid;
            present += valid;
        }
        return present;
    }

    private ByteBuffer whole(int row, int count, int width) {
        Objects.checkFromIndexSize(row, count, length);
        return slice(data.start() + row * width, count * width);
    }

    /** Returns where a value of variable length, or a list, begins in the data or in the child. */
    public int start(int row) {
        return offset(row);
    }

    /** Returns where it ends; never before its start, never beyond the data or the child. */
    public int end(int row) {
        int end = offset(row + 1);
        int limit = children.isEmpty() ? data.length() : children.get(0).length();
        if (end > limit || end < offset(row)) {
            throw new ArrowFormatException("column '" + field.name() + "' has offsets " + offset(row) + ".." + end
                    + " in row " + row + ", outside 0.." + limit);
        }
        return end;
    }

    private int offset(int row) {
        long value = longOffsets
                ? buffer.getLong(offsets.start() + row * Long.BYTES)
                : buffer.getInt(offsets.start() + row * Integer.BYTES);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new ArrowFormatException("column '" + field.name() + "' has offset " + value + " in row " + row);
        }
        return (int) value;
    }

    /** Returns the bytes of a value of variable or fixed length, as a fresh array. */
    public byte[] bytes(int row) {
        int width = field.type().width();
        int start = width > 0 ? row * width : start(row);
        byte[] bytes = new byte[width > 0 ? width : end(row) - start];
        buffer.get(data.start() + start, bytes);
        return bytes;
    }

    /** Copies the bytes of a value of variable length, of which there are {@code end(row) - start(row)}. */
    public void copy(int row, byte[] target, int at) {
        int start = start(row);
        buffer.get(data.start() + start, target, at, end(row) - start);
    }

    /** Returns a UTF8 value. */
    public String text(int row) {
        return new String(bytes(row), StandardCharsets.UTF_8);
    }

    /** Returns a UTF8 value by way of an array that is used again, where it is large enough. */
    String text(int row, byte[] scratch) {
        int start = offset(row);
        int bytes = end(row) - start;
        if (bytes == 1) {
            byte only = buffer.get(dataStart + start);
            return only >= 0 ? SINGLE[only] : text(row);
        }
        if (bytes > scratch.length) {
            return text(row);
        }
        buffer.get(dataStart + start, scratch, 0, bytes);
        return new String(scratch, 0, bytes, StandardCharsets.UTF_8);
    }

    private ByteBuffer slice(int start, int bytes) {
        return buffer.slice(start, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
