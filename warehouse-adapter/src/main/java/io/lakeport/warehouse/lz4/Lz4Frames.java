package io.lakeport.warehouse.lz4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;

/**
 * Decodes one or more LZ4 frames (LZ4 Frame Format 1.6.x) from one direct buffer into another, and verifies every
 * checksum that they carry. Stateless and thread-safe.
 */
public final class Lz4Frames {
    private static final int UNCOMPRESSED = 0x80000000;

    private Lz4Frames() {}

    /** Returns whether the bytes from the buffer's position begin an LZ4 frame. */
    public static boolean isFrame(ByteBuffer in) {
        return in.remaining() >= Integer.BYTES
                && in.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt() == FrameHeader.MAGIC;
    }

    /**
     * Returns how many bytes the frames decode to. It walks over every block, which costs about as much as decoding:
     * ask when a buffer turned out too small, not before.
     *
     * @throws CorruptFrameException when a frame is cut off or its structure is damaged
     */
    public static long decodedLength(ByteBuffer frames) throws CorruptFrameException {
        ByteBuffer in = frames.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long length = 0;
        while (in.hasRemaining()) {
            int magic = magic(in);
            if (FrameHeader.isSkippable(magic)) {
                skip(in, length(in));
            } else {
                length += blocksLength(in, FrameHeader.read(in));
            }
        }
        return length;
    }

    private static long blocksLength(ByteBuffer in, FrameHeader header) throws CorruptFrameException {
        long decoded = 0;
        int word;
        while ((word = blockWord(in)) != 0) {
            int length = word & ~UNCOMPRESSED;
            int at = in.position();
            skip(in, length + (header.blockChecksums() ? Integer.BYTES : 0));
            decoded += (word & UNCOMPRESSED) != 0 ? length : BlockLength.of(in, at, length);
        }
        skip(in, header.contentChecksum() ? Integer.BYTES : 0);
        return decoded;
    }

    /**
     * Decodes all frames and moves the output's position past the decoded bytes.
     *
     * @param frames from position to limit; unchanged
     * @param out a direct buffer with room for them; one that is too small looks like damage, and
     *     {@link #decodedLength} tells the two apart
     * @throws CorruptFrameException when anything does not match; the output holds rubbish then
     */
    public static void decode(ByteBuffer frames, ByteBuffer out) throws CorruptFrameException {
        ByteBuffer in = frames.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            int magic = magic(in);
            if (FrameHeader.isSkippable(magic)) {
                skip(in, length(in));
            } else {
                decodeFrame(in, FrameHeader.read(in), out);
            }
        }
    }

    private static void decodeFrame(ByteBuffer in, FrameHeader header, ByteBuffer out) throws CorruptFrameException {
        int start = out.position();
        int word;
        while ((word = blockWord(in)) != 0) {
            decodeBlock(in, word, header, start, out);
        }
        int decoded = out.position() - start;
        if (header.contentSize().isPresent() && header.contentSize().getAsLong() != decoded) {
            throw new CorruptFrameException("LZ4 frame decodes to " + decoded + " bytes, but announces "
                    + header.contentSize().getAsLong());
        }
        if (header.contentChecksum()) {
            FrameHeader.require(in, Integer.BYTES, in.position());
            checkHash(out, start, decoded, in.getInt(), "content");
        }
    }

    private static void decodeBlock(ByteBuffer in, int word, FrameHeader header, int frameStart, ByteBuffer out)
            throws CorruptFrameException {
        int length = word & ~UNCOMPRESSED;
        int at = in.position();
        skip(in, length);
        if (header.blockChecksums()) {
            FrameHeader.require(in, Integer.BYTES, at);
            checkHash(in, at, length, in.getInt(), "block");
        }
        int room = Math.min(out.remaining(), header.blockMaximum());
        int decoded;
        if ((word & UNCOMPRESSED) != 0) {
            decoded = copy(in, at, length, out, room);
        } else if (header.independent()) {
            decoded = decompress(in, at, length, out, room);
        } else {
            decoded = LinkedBlock.decode(in, at, length, out, room, frameStart);
        }
        out.position(out.position() + decoded);
    }

    private static int copy(ByteBuffer in, int at, int length, ByteBuffer out, int room) throws CorruptFrameException {
        if (length > room) {
            throw new CorruptFrameException("LZ4 block at byte " + at + " is larger than its frame allows");
        }
        out.put(out.position(), in, at, length);
        return length;
    }

    private static int decompress(ByteBuffer in, int at, int length, ByteBuffer out, int room)
            throws CorruptFrameException {
        try {
            return NativeLz4.DECOMPRESSOR.decompress(in, at, length, out, out.position(), room);
        } catch (LZ4Exception e) {
            throw new CorruptFrameException("LZ4 block at byte " + at + " cannot be decoded", e);
        }
    }

    private static void checkHash(ByteBuffer data, int at, int length, int expected, String what)
            throws CorruptFrameException {
        int hash = NativeLz4.XXHASH.hash(data, at, length, 0);
        if (hash != expected) {
            throw new CorruptFrameException("LZ4 " + what + " of " + length + " bytes at byte " + at
                    + " has the checksum " + Integer.toHexString(hash) + " where " + Integer.toHexString(expected)
                    + " was expected");
        }
    }

    private static int magic(ByteBuffer in) throws CorruptFrameException {
        int at = in.position();
        FrameHeader.require(in, Integer.BYTES, at);
        int magic = in.getInt();
        if (magic != FrameHeader.MAGIC && !FrameHeader.isSkippable(magic)) {
            throw new CorruptFrameException("no LZ4 frame begins at byte " + at);
        }
        return magic;
    }

    private static int blockWord(ByteBuffer in) throws CorruptFrameException {
        FrameHeader.require(in, Integer.BYTES, in.position());
        return in.getInt();
    }

    private static int length(ByteBuffer in) throws CorruptFrameException {
        return blockWord(in);
    }

    private static void skip(ByteBuffer in, int bytes) throws CorruptFrameException {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new CorruptFrameException(
                    "LZ4 data is cut off: a part at byte " + in.position() + " reaches beyond byte " + in.limit());
        }
        in.position(in.position() + bytes);
    }
}
