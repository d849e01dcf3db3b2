package io.lakeport.storage.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages by the native codecs directly: parquet-java's own factory needs Hadoop's configuration and streams.
 */
final class PageCompressor implements BytesInputCompressor {
    private static final int ZSTD_LEVEL = 3;

    private final CompressionCodecName codec;

    PageCompressor(CompressionCodecName codec) {
        this.codec = codec;
    }

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
        return switch (codec) {
            case SNAPPY -> BytesInput.from(Snappy.compress(bytes(page)));
            case ZSTD -> BytesInput.from(Zstd.compress(bytes(page), ZSTD_LEVEL));
            // Pages are reused after this call, so the bytes must be copied.
            default -> BytesInput.from(bytes(page));
        };
    }

    private static byte[] bytes(BytesInput page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(page.size()));
        page.writeAllTo(bytes);
        return bytes.toByteArray();
    }

    @Override
    public CompressionCodecName getCodecName() {
        return codec;
    }

    @Override
    public void release() {}
}
