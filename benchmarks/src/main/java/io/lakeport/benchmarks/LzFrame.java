package io.lakeport.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * An LZ4 frame as Databricks writes it: blocks of 4 MiB that stand alone, with or without checksums.
 *
 * @param bytes the frame, in direct memory
 * @param blocks where each block begins and how long it is
 * @param checksums whether each block and the whole content have one
 */
record LzFrame(ByteBuffer bytes, List<int[]> blocks, boolean checksums) {
    private static final int MAGIC = 0x184D2204;
    private static final int BLOCK = 4 << 20;
    private static final XXHash32 HASH = XXHashFactory.nativeInstance().hash32();
    private static final LZ4SafeDecompressor NATIVE =
            LZ4Factory.nativeInstance().safeDecompressor();

    static LzFrame of(ByteBuffer raw, boolean checksums) {
        LZ4Compressor compressor = LZ4Factory.nativeInstance().fastCompressor();
        int length = raw.remaining();
        ByteBuffer out = ByteBuffer.allocateDirect(compressor.maxCompressedLength(length) + 4096)
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] descriptor = {(byte) (checksums ? 0x74 : 0x60), 0x70};
        out.putInt(MAGIC).put(descriptor).put((byte) (HASH.hash(descriptor, 0, 2, 0) >> 8));
        List<int[]> blocks = new ArrayList<>();
        for (int at = 0; at < length; at += BLOCK) {
            int size = Math.min(BLOCK, length - at);
            int start = out.position() + Integer.BYTES;
            int packed = compressor.compress(raw, at, size, out, start, compressor.maxCompressedLength(size));
            out.putInt(packed).position(start + packed);
            blocks.add(new int[] {start, packed});
            if (checksums) {
                out.putInt(HASH.hash(out, start, packed, 0));
            }
        }
        out.putInt(0);
        if (checksums) {
            out.putInt(HASH.hash(raw, 0, length, 0));
        }
        return new LzFrame(out.flip(), blocks, checksums);
    }

    /** Does nothing but what nobody can do without. */
    long decompressBlocks(ByteBuffer target) {
        int at = 0;
        for (int[] block : blocks) {
            at += NATIVE.decompress(bytes, block[0], block[1], target, at, target.capacity() - at);
        }
        return at;
    }

    /** Does that, and computes the checksums of the frame natively: what a reader must do who takes no damaged chunk. */
    long decompressAndHash(ByteBuffer target) {
        long at = decompressBlocks(target);
        if (!checksums) {
            return at;
        }
        long hashes = HASH.hash(target, 0, (int) at, 0);
        for (int[] block : blocks) {
            hashes += HASH.hash(bytes, block[0], block[1], 0);
        }
        return at + hashes;
    }
}
