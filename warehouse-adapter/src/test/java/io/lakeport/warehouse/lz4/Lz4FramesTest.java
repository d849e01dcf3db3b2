package io.lakeport.warehouse.lz4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames in every variant, whole and damaged; written by lz4-java's own stream, or by hand where it cannot. */
class Lz4FramesTest {
    private static final int MAGIC = 0x184D2204;

    private static byte[] data(int size, long seed) {
        Random random = new Random(seed);
        byte[] data = new byte[size];
        // Half of it repeats, so that blocks hold matches as well as literals.
        for (int i = 0; i < size; i++) {
            data[i] = (byte) (random.nextInt(4) == 0 || i < 50 ? random.nextInt(256) : data[i - 50]);
        }
        return data;
    }

    private static byte[] frame(byte[] data, BLOCKSIZE size, FLG.Bits... bits) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean sized = List.of(bits).contains(FLG.Bits.CONTENT_SIZE);
        try (LZ4FrameOutputStream frame = sized
                ? new LZ4FrameOutputStream(out, size, data.length, bits)
                : new LZ4FrameOutputStream(out, size, bits)) {
            frame.write(data);
        }
        return out.toByteArray();
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] decode(byte[] frames, int room) throws CorruptFrameException {
        ByteBuffer out = ByteBuffer.allocateDirect(room);
        Lz4Frames.decode(direct(frames), out);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    static Stream<List<FLG.Bits>> variants() {
        FLG.Bits[] optional = {FLG.Bits.BLOCK_CHECKSUM, FLG.Bits.CONTENT_CHECKSUM, FLG.Bits.CONTENT_SIZE};
        return Stream.iterate(0, i -> i + 1).limit(8).map(mask -> {
            List<FLG.Bits> bits = new ArrayList<>(List.of(FLG.Bits.BLOCK_INDEPENDENCE));
            for (int i = 0; i < optional.length; i++) {
                if ((mask & 1 << i) != 0) {
                    bits.add(optional[i]);
                }
            }
            return bits;
        });
    }

    @ParameterizedTest
    @MethodSource("variants")
    void decode_anyFlagsAndBlockSize_givesTheData(List<FLG.Bits> bits) throws Exception {
        FLG.Bits[] flags = bits.toArray(FLG.Bits[]::new);
        for (BLOCKSIZE size : BLOCKSIZE.values()) {
            for (int length : new int[] {0, 1, 63, 65_536, 65_537, 300_000}) {
                byte[] data = data(length, length);
                byte[] frame = frame(data, size, flags);
                assertThat(decode(frame, length)).isEqualTo(data);
                assertThat(Lz4Frames.decodedLength(direct(frame))).isEqualTo(length);
            }
        }
    }

    @Test
    void decode_severalBlocksOfFourMegabytes_givesTheData() throws Exception {
        byte[] data = data(9_000_000, 7);
        byte[] frame = frame(data, BLOCKSIZE.SIZE_4MB, FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_CHECKSUM);

        assertThat(java.util.Arrays.equals(decode(frame, data.length), data)).isTrue();
    }

    @Test
    void decode_framesInARowWithSkippablesBetween_givesAllData() throws Exception {
        byte[] first = data(1000, 1);
        byte[] second = data(100_000, 2);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frame(first, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE));
        all.writeBytes(new byte[] {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9});
        all.writeBytes(frame(second, BLOCKSIZE.SIZE_4MB, FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_CHECKSUM));

        byte[] decoded = decode(all.toByteArray(), 101_000);

        assertThat(decoded).startsWith(first).endsWith(second).hasSize(101_000);
    }

    @Test
    void decode_anyBitFlipped_isNeverTakenForWhole() throws Exception {
        byte[] data = data(200_000, 3);
        byte[] frame = frame(
                data,
                BLOCKSIZE.SIZE_64KB,
                FLG.Bits.BLOCK_INDEPENDENCE,
                FLG.Bits.BLOCK_CHECKSUM,
                FLG.Bits.CONTENT_CHECKSUM);
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = frame.clone();
            // The first bytes, which say how to read the rest, more often than their share.
            int at = random.nextInt(i % 4 == 0 ? 16 : damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(outcome(damaged, data.length)).as("bit of byte %s", at).isNotEqualTo("wrong data");
        }
    }

    private static String outcome(byte[] frame, int room) {
        try {
            // A damaged magic number can turn the frame into one to skip: then nothing is decoded, and no rows follow.
            return decode(frame, room).length == 0 ? "nothing" : "wrong data";
        } catch (CorruptFrameException e) {
            return "noticed";
        }
    }

    @Test
    void decode_cutAnywhere_isNoticed() throws Exception {
        byte[] data = data(10_000, 5);
        byte[] frame = frame(data, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE);
        for (int length = 1; length < frame.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> decode(cut, data.length)).isInstanceOf(CorruptFrameException.class);
        }
    }

    @Test
    void decode_roomTooSmall_failsAndTheLengthTellsHowMuchIsNeeded() throws Exception {
        byte[] frame = frame(data(300_000, 6), BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE);

        assertThatThrownBy(() -> decode(frame, 299_999)).isInstanceOf(CorruptFrameException.class);
        assertThat(Lz4Frames.decodedLength(direct(frame))).isEqualTo(300_000);
    }

    @Test
    void decode_linkedBlocks_reachBackIntoEarlierOnes() throws Exception {
        // Block 1: 8 literals. Block 2: a match of 12 bytes from 8 back (it overlaps itself), then 5 literals.
        byte[] frame = linked(
                new byte[] {(byte) 0x80, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'},
                new byte[] {0x08, 8, 0, 0x50, 'v', 'w', 'x', 'y', 'z'});

        assertThat(new String(decode(frame, 64), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("abcdefgh" + "abcdefghabcd" + "vwxyz");
        assertThat(Lz4Frames.decodedLength(direct(frame))).isEqualTo(25);
    }

    @Test
    void decode_linkedBlockReachingBeforeItsFrame_isNoticed() {
        byte[] frame = linked(new byte[] {0x10, 'a'}, new byte[] {0x00, 2, 0, 0x00});

        assertThatThrownBy(() -> decode(frame, 64)).isInstanceOf(CorruptFrameException.class);
    }

    private static byte[] linked(byte[]... blocks) {
        ByteBuffer out = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).put((byte) 0x40).put((byte) 0x40);
        int hash =
                net.jpountz.xxhash.XXHashFactory.fastestJavaInstance().hash32().hash(out.array(), 4, 2, 0);
        out.put((byte) (hash >> 8));
        for (byte[] block : blocks) {
            out.putInt(block.length).put(block);
        }
        out.putInt(0);
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void isFrame_arrowStream_isNot() {
        assertThat(Lz4Frames.isFrame(direct(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0})))
                .isFalse();
    }
}
