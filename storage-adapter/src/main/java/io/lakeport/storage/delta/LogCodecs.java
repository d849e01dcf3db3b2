package io.lakeport.storage.delta;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompresses the pages of checkpoints, whoever wrote them; parquet-java's own codecs need Hadoop. */
final class LogCodecs implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Stored();
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {}

    private static byte[] bytes(BytesInput page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(page.size()));
        page.writeAllTo(bytes);
        return bytes.toByteArray();
    }

    /** A checkpoint of ours is not compressed: it is small, and read seldom. */
    static final class Stored implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            // Pages are reused after this call, so the bytes must be copied.
            return BytesInput.from(bytes(page));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        public void release() {}
    }

    private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            return BytesInput.from(decompress(bytes(page), size));
        }

        private byte[] decompress(byte[] packed, int size) throws IOException {
            return switch (codec) {
                case UNCOMPRESSED -> packed;
                case SNAPPY -> Snappy.uncompress(packed);
                case ZSTD -> Zstd.decompress(packed, size);
                case GZIP -> {
                    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                        yield gzip.readNBytes(size);
                    }
                }
                default -> throw new IOException("checkpoints compressed with " + codec + " are not read");
            };
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer target, int size) throws IOException {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            target.put(decompress(bytes, size));
        }

        @Override
        public void release() {}
    }
}
