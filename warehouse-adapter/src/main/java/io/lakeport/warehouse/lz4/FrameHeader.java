package io.lakeport.warehouse.lz4;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The descriptor of an LZ4 frame (LZ4 Frame Format 1.6.x, "Frame Descriptor").
 *
 * @param independent whether each block stands alone; otherwise it refers to up to 64 KiB before it
 * @param blockChecksums whether each block is followed by its hash
 * @param contentChecksum whether the frame ends in the hash of the decoded bytes
 * @param blockMaximum most bytes that a decoded block has
 * @param contentSize decoded bytes of the frame, empty when the writer did not say
 */
record FrameHeader(
        boolean independent,
        boolean blockChecksums,
        boolean contentChecksum,
        int blockMaximum,
        OptionalLong contentSize) {
    static final int MAGIC = 0x184D2204;
    private static final int SKIPPABLE_MASK = 0xFFFFFFF0;
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;
    private static final int VERSION = 1;
    private static final int SMALLEST_BLOCK_CODE = 4;

    static boolean isSkippable(int magic) {
        return (magic & SKIPPABLE_MASK) == SKIPPABLE_MAGIC;
    }

    /** Reads the descriptor that follows the magic number and moves past it. */
    static FrameHeader read(ByteBuffer in) throws CorruptFrameException {
        int start = in.position();
        require(in, 3, start);
        int flags = in.get() & 0xFF;
        int blockByte = in.get() & 0xFF;
        int blockCode = (blockByte >> 4) & 7;
        if (flags >> 6 != VERSION || (flags & 2) != 0 || (blockByte & 0x8F) != 0 || blockCode < SMALLEST_BLOCK_CODE) {
            throw new CorruptFrameException("LZ4 frame descriptor at byte " + start + " is not of version 1");
        }
        if ((flags & 1) != 0) {
            throw new CorruptFrameException(
                    "LZ4 frame at byte " + start + " needs a dictionary, which results never do");
        }
        OptionalLong size = OptionalLong.empty();
        if ((flags & 8) != 0) {
            require(in, 9, start);
            size = OptionalLong.of(in.getLong());
        }
        checkHash(in, start);
        return new FrameHeader((flags & 32) != 0, (flags & 16) != 0, (flags & 4) != 0, 1 << (8 + 2 * blockCode), size);
    }

    private static void checkHash(ByteBuffer in, int start) throws CorruptFrameException {
        int expected = NativeLz4.XXHASH.hash(in, start, in.position() - start, 0) >> 8 & 0xFF;
        if ((in.get() & 0xFF) != expected) {
            throw new CorruptFrameException("LZ4 frame descriptor at byte " + start + " does not match its checksum");
        }
    }

    static void require(ByteBuffer in, int bytes, int start) throws CorruptFrameException {
        if (in.remaining() < bytes) {
            throw new CorruptFrameException("LZ4 frame at byte " + start + " is cut off at byte " + in.limit());
        }
    }
}
