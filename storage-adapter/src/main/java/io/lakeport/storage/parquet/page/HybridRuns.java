package io.lakeport.storage.parquet.page;

/**
 * Parquet's hybrid of run lengths and bit-packed groups of eight (format document "Encodings", RLE), for levels and for
 * indexes into a dictionary.
 */
final class HybridRuns {
    private static final int GROUP = 8;

    private HybridRuns() {}

    /** Returns how many bits hold every number from 0 to {@code max}. */
    static int width(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    /** Writes the values; each fits into {@code width} bits. */
    static void write(int[] values, int count, int width, ByteOut out) {
        int packedFrom = 0;
        int at = 0;
        while (at + GROUP <= count) {
            if (!uniform(values, at)) {
                at += GROUP;
                continue;
            }
            int end = runEnd(values, at, count);
            if (packedFrom < at) {
                packed(values, packedFrom, at, width, out);
            }
            run(values[at], end - at, width, out);
            at = end;
            packedFrom = end;
        }
        if (packedFrom < count) {
            packed(values, packedFrom, count, width, out);
        }
    }

    /** Writes one run. */
    static void run(int value, int count, int width, ByteOut out) {
        out.putVarInt(count << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            out.putByte(value >>> shift);
        }
    }

    private static boolean uniform(int[] values, int at) {
        int first = values[at];
        int differences = 0;
        for (int i = 1; i < GROUP; i++) {
            differences |= values[at + i] ^ first;
        }
        return differences == 0;
    }

    private static int runEnd(int[] values, int at, int count) {
        int value = values[at];
        int end = at + GROUP;
        while (end < count && values[end] == value) {
            end++;
        }
        return end;
    }

    private static void packed(int[] values, int from, int to, int width, ByteOut out) {
        int groups = (to - from + GROUP - 1) / GROUP;
        out.putVarInt(groups << 1 | 1);
        int length = groups * width;
        // Whole words are written, so the last may reach beyond the end.
        byte[] bytes = out.room(length + Long.BYTES);
        int at = out.size();
        long word = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            word |= (long) values[i] << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                ByteOut.INT.set(bytes, at, (int) word);
                at += Integer.BYTES;
                word >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        ByteOut.LONG.set(bytes, at, word);
        java.util.Arrays.fill(bytes, Math.min(at + Long.BYTES, out.size() + length), out.size() + length, (byte) 0);
        out.advance(length);
    }
}
