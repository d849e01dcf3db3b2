package io.lakeport.storage.parquet.page;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages by the native codecs, from one array into another that is used again. Not thread-safe; parquet-java's
 * own codecs need Hadoop's configuration and streams.
 */
public final class PageCodec implements AutoCloseable {
    /** More room than this is given back to the heap after the page that needed it. */
    private static final int RETAINED = 8 << 20;

    private final CompressionCodecName name;
    private final @Nullable ZstdCompressCtx zstd;
    private byte[] target = new byte[0];

    /**
     * Creates one.
     *
     * @param name SNAPPY, ZSTD or UNCOMPRESSED
     * @param level of ZSTD
     */
    public PageCodec(CompressionCodecName name, int level) {
        this.name = name;
        this.zstd = name == CompressionCodecName.ZSTD ? new ZstdCompressCtx().setLevel(level) : null;
    }

    /** Returns the codec's name. */
    public CompressionCodecName name() {
        return name;
    }

    /** Compresses a page and returns how many bytes of {@link #compressed()} are the result. */
    int compress(ByteOut page) throws IOException {
        byte[] source = page.array();
        int length = page.size();
        if (zstd != null) {
            byte[] room = room(Math.toIntExact(Zstd.compressBound(length)));
            return zstd.compressByteArray(room, 0, room.length, source, 0, length);
        }
        if (name == CompressionCodecName.SNAPPY) {
            return Snappy.compress(source, 0, length, room(Snappy.maxCompressedLength(length)), 0);
        }
        target = source;
        return length;
    }

    byte[] compressed() {
        return target;
    }

    private byte[] room(int bytes) {
        if (target.length < bytes || target.length > Math.max(RETAINED, bytes)) {
            target = new byte[bytes];
        }
        return target;
    }

    /** Frees native memory; idempotent. */
    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
        }
    }
}
