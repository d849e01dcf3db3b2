package io.lakeport.localworkspace.sql.function;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Spark's hash (Murmur3, 32 bits) and xxhash64, each continuing a seed, and checksums. */
public final class Hashes {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private Hashes() {}

    /** Murmur3 of a value of 32 bits. */
    public static int murmur(int seed, int value) {
        return finish(mixed(seed, scrambled(value)), 4);
    }

    /** Murmur3 of a value of 64 bits. */
    public static int murmur(int seed, long value) {
        int h = mixed(seed, scrambled((int) value));
        return finish(mixed(h, scrambled((int) (value >>> 32))), 8);
    }

    /** Murmur3 of bytes as Spark does it: what is left after whole words is mixed byte by byte. */
    public static int murmur(int seed, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int h = seed;
        while (in.remaining() >= 4) {
            h = mixed(h, scrambled(in.getInt()));
        }
        while (in.hasRemaining()) {
            h = mixed(h, scrambled(in.get()));
        }
        return finish(h, bytes.length);
    }

    private static int scrambled(int k) {
        return Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int mixed(int h, int k) {
        return Integer.rotateLeft(h ^ k, 13) * 5 + 0xe6546b64;
    }

    private static int finish(int hash, int length) {
        int h = hash ^ length;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }

    /** xxhash64 of a value of 32 bits. */
    public static long xx(long seed, int value) {
        long h = seed + P5 + 4L ^ (value & 0xFFFFFFFFL) * P1;
        return avalanche(Long.rotateLeft(h, 23) * P2 + P3);
    }

    /** xxhash64 of a value of 64 bits. */
    public static long xx(long seed, long value) {
        long h = seed + P5 + 8L ^ Long.rotateLeft(value * P2, 31) * P1;
        return avalanche(Long.rotateLeft(h, 27) * P1 + P4);
    }

    /** xxhash64 of bytes. */
    public static long xx(long seed, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long h = (bytes.length >= 32 ? lanes(seed, in) : seed + P5) + bytes.length;
        while (in.remaining() >= 8) {
            h = Long.rotateLeft(h ^ Long.rotateLeft(in.getLong() * P2, 31) * P1, 27) * P1 + P4;
        }
        if (in.remaining() >= 4) {
            h = Long.rotateLeft(h ^ (in.getInt() & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
        }
        while (in.hasRemaining()) {
            h = Long.rotateLeft(h ^ (in.get() & 0xFFL) * P5, 11) * P1;
        }
        return avalanche(h);
    }

    private static long lanes(long seed, ByteBuffer in) {
        long[] v = {seed + P1 + P2, seed + P2, seed, seed - P1};
        while (in.remaining() >= 32) {
            for (int i = 0; i < 4; i++) {
                v[i] = Long.rotateLeft(v[i] + in.getLong() * P2, 31) * P1;
            }
        }
        long h = Long.rotateLeft(v[0], 1)
                + Long.rotateLeft(v[1], 7)
                + Long.rotateLeft(v[2], 12)
                + Long.rotateLeft(v[3], 18);
        for (long lane : v) {
            h = (h ^ Long.rotateLeft(lane * P2, 31) * P1) * P1 + P4;
        }
        return h;
    }

    private static long avalanche(long hash) {
        long h = (hash ^ hash >>> 33) * P2;
        h = (h ^ h >>> 29) * P3;
        return h ^ h >>> 32;
    }

    /** Returns SHA-2 of bytes in hexadecimal digits, {@code null} when there is none of so many bits. */
    public static @Nullable String sha2(byte[] bytes, int bits) {
        int wanted = bits == 0 ? 256 : bits;
        if (wanted != 224 && wanted != 256 && wanted != 384 && wanted != 512) {
            return null;
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-" + wanted).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-2", e);
        }
    }

    /** Returns the CRC-32 of bytes. */
    public static long crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /** Returns the bytes of a text. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
