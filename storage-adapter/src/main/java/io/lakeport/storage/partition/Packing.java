package io.lakeport.storage.partition;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/**
 * Compression of a file. Each block becomes a gzip member or zstd frame of its own, of which a file may hold many (RFC
 * 1952, section 2.2; RFC 8878, section 3.1): so a file that waits for more rows holds no compressor.
 */
public enum Packing {
    NONE(""),
    GZIP(".gz"),
    ZSTD(".zst");

    private static final int ZSTD_LEVEL = 3;
    private final String suffix;

    Packing(String suffix) {
        this.suffix = suffix;
    }

    /** Returns what file names end in. */
    String suffix() {
        return suffix;
    }

    /** Returns bytes packed; the array may be used again afterwards unless nothing was packed. */
    ByteBuffer pack(byte[] bytes, int count) {
        return switch (this) {
            case NONE -> ByteBuffer.wrap(bytes, 0, count);
            case GZIP -> gzip(bytes, count);
            case ZSTD -> zstd(bytes, count);
        };
    }

    private static ByteBuffer gzip(byte[] bytes, int count) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(count / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed, 1 << 16)) {
            gzip.write(bytes, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return ByteBuffer.wrap(packed.toByteArray());
    }

    private static ByteBuffer zstd(byte[] bytes, int count) {
        byte[] packed = new byte[(int) Zstd.compressBound(count)];
        long size = Zstd.compressByteArray(packed, 0, packed.length, bytes, 0, count, ZSTD_LEVEL);
        if (Zstd.isError(size)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(size));
        }
        return ByteBuffer.wrap(packed, 0, (int) size);
    }
}
