package io.lakeport.storage.parquet.page;

import java.nio.ByteBuffer;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;

/** The hash of Parquet's bloom filters: xxHash64 with seed 0 of the PLAIN bytes without a length. */
final class BloomHash {
    private static final BloomFilter FUNCTION = new BlockSplitBloomFilter(BlockSplitBloomFilter.LOWER_BOUND_BYTES);

    private BloomHash() {}

    static long of(byte[] bytes, int from, int length) {
        return FUNCTION.hash(Binary.fromConstantByteBuffer(ByteBuffer.wrap(bytes, from, length)));
    }
}
