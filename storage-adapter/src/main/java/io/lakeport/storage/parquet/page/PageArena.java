package io.lakeport.storage.parquet.page;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;

/**
 * The compressed pages of a row group that is not complete yet, in segments that are used again for the next. Not
 * thread-safe.
 */
public final class PageArena {
    /** Bytes of a segment: below what a small heap treats as an object of unusual size. */
    static final int SEGMENT = 128 << 10;

    private final List<byte[]> segments = new ArrayList<>();
    private long size;

    /** Creates an empty one. */
    public PageArena() {}

    /** Returns how many bytes are kept. */
    public long size() {
        return size;
    }

    /** Returns how many bytes are taken from the heap. */
    public long capacity() {
        return (long) segments.size() * SEGMENT;
    }

    /** Keeps bytes and returns the offset by which {@link #read} finds them. */
    long append(byte[] source, int length) {
        long offset = size;
        int from = 0;
        while (from < length) {
            int segment = (int) (size / SEGMENT);
            int at = (int) (size % SEGMENT);
            if (segment == segments.size()) {
                segments.add(new byte[SEGMENT]);
            }
            int part = Math.min(length - from, SEGMENT - at);
            System.arraycopy(source, from, segments.get(segment), at, part);
            from += part;
            size += part;
        }
        return offset;
    }

    /** Returns kept bytes, in place. */
    BytesInput read(long offset, int length) {
        List<BytesInput> parts = new ArrayList<>(2);
        long at = offset;
        long end = offset + length;
        while (at < end) {
            int start = (int) (at % SEGMENT);
            int part = (int) Math.min(end - at, SEGMENT - start);
            parts.add(BytesInput.from(segments.get((int) (at / SEGMENT)), start, part));
            at += part;
        }
        return parts.size() == 1 ? parts.get(0) : BytesInput.concat(parts);
    }

    /** Forgets all bytes; keeps the segments. */
    public void clear() {
        size = 0;
    }

    /** Gives segments beyond {@code bytes} back to the heap. */
    public void trim(long bytes) {
        while (capacity() > Math.max(bytes, size)) {
            segments.remove(segments.size() - 1);
        }
    }
}
