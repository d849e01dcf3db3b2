package io.lakeport.storage.parquet.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Little-endian bytes in an array that grows and is used again. Not thread-safe. */
public final class ByteOut {
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int SMALLEST = 1024;
    /** More room than this is given back to the heap. */
    private static final int RETAINED = 8 << 20;

    private byte[] bytes = new byte[SMALLEST];
    private int size;

    /** Creates an empty one. */
    public ByteOut() {}

    /** Returns the array; valid up to {@link #size()} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Returns how many bytes were written. */
    public int size() {
        return size;
    }

    /** Forgets all bytes and keeps the array, unless it is unusually large. */
    public void clear() {
        if (bytes.length > RETAINED) {
            bytes = new byte[SMALLEST];
        }
        size = 0;
    }

    /** Makes room for {@code more} bytes and returns the array. */
    byte[] room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
        }
        return bytes;
    }

    /** Counts bytes that the caller wrote into {@link #room} itself. */
    void advance(int written) {
        size += written;
    }

    /** Writes one byte. */
    public void putByte(int value) {
        room(1)[size++] = (byte) value;
    }

    /** Writes 32 bits. */
    public void putInt(int value) {
        INT.set(room(Integer.BYTES), size, value);
        size += Integer.BYTES;
    }

    /** Replaces 32 bits written before. */
    void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Writes a number of at most 32 bits in groups of seven. */
    void putVarInt(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            putByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    /** Writes bytes of an array. */
    public void put(byte[] source, int from, int count) {
        System.arraycopy(source, from, room(count), size, count);
        size += count;
    }
}
