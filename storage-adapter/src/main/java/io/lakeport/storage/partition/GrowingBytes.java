package io.lakeport.storage.partition;

import java.util.Arrays;

/** Bytes, mostly of UTF-8 text, that grow at their end. Not thread-safe. */
public final class GrowingBytes {
    private static final int SMALLEST = 256;
    private static final int LONG_DIGITS = 20;

    private byte[] bytes = new byte[0];
    private int size;

    /** Creates an empty text that holds no memory yet. */
    public GrowingBytes() {}

    /** Returns how many bytes the text has. */
    public int size() {
        return size;
    }

    /** Returns how many bytes of memory it holds. */
    public int capacity() {
        return bytes.length;
    }

    /** Returns the array that holds the text now; another one after the next addition. */
    public byte[] array() {
        return bytes;
    }

    /** Returns one byte. */
    public byte at(int index) {
        return bytes[index];
    }

    /** Returns whether everything from {@code from} on is {@code text}. */
    public boolean isFrom(int from, byte[] text) {
        return Arrays.equals(bytes, from, size, text, 0, text.length);
    }

    /** Takes everything from {@code from} on off the end and returns it. */
    public byte[] take(int from) {
        byte[] taken = Arrays.copyOfRange(bytes, from, size);
        size = from;
        return taken;
    }

    /** Cuts the text at its end. */
    public void truncate(int newSize) {
        size = newSize;
    }

    /** Gives up text and memory. */
    public void free() {
        bytes = new byte[0];
        size = 0;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            long wanted = Math.max(Math.max(SMALLEST, (long) size + more), 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
        }
    }

    /** Adds so many bytes, whose content the caller sets, and returns where they begin. */
    public int open(int count) {
        room(count);
        int at = size;
        size += count;
        return at;
    }

    /** Adds one ASCII character. */
    public GrowingBytes add(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** Adds ASCII text. */
    @SuppressWarnings("deprecation") // The one copy without an encoder; every character is below 128.
    public GrowingBytes ascii(String text) {
        int at = open(text.length());
        text.getBytes(0, text.length(), bytes, at);
        return this;
    }

    /** Adds bytes of UTF-8. */
    public GrowingBytes utf8(byte[] utf8) {
        return utf8(utf8, 0, utf8.length);
    }

    /** Adds some bytes of UTF-8. */
    public GrowingBytes utf8(byte[] utf8, int start, int count) {
        int at = open(count);
        System.arraycopy(utf8, start, bytes, at, count);
        return this;
    }

    /** Adds a whole number. */
    public GrowingBytes number(long value) {
        room(LONG_DIGITS);
        if (value < 0) {
            bytes[size++] = '-';
        }
        digits(value, digitsOf(value));
        return this;
    }

    /** Adds the last digits of a number without its sign, with zeros in front. */
    public GrowingBytes padded(long value, int count) {
        room(count);
        digits(value, count);
        return this;
    }

    /** Counts on negative numbers, of which there is one more. */
    private void digits(long value, int count) {
        long rest = value < 0 ? value : -value;
        for (int i = size + count - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        size += count;
    }

    static int digitsOf(long value) {
        int count = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            count++;
        }
        return count;
    }
}
