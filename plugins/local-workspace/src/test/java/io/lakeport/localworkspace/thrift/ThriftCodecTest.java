package io.lakeport.localworkspace.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The codec against itself and against bytes that are no message; the official driver checks the rest. */
class ThriftCodecTest {
    private static TStruct sample() {
        TMap map = new TMap();
        map.entries().put("k", "v");
        return new TStruct()
                .with(1, true)
                .with(2, (byte) -3)
                .with(3, (short) 300)
                .with(4, 70_000)
                .with(5, 1L << 40)
                .with(6, -0.5)
                .with(7, "Grüße")
                .with(8, new TStruct().with(1281, 9))
                .with(9, TList.of(TType.I32, List.of(1, 2, 3)))
                .with(10, map);
    }

    /** A reply and a call differ in one byte and in the field that holds the body. */
    private static byte[] callOf(TStruct body) {
        byte[] reply = ThriftWriter.reply(new ThriftMessage("Do", 7, new TStruct()), body);
        reply[3] = 1;
        return reply;
    }

    @Test
    void readCall_afterWriting_givesEveryValueBack() {
        ThriftMessage message = ThriftReader.readCall(callOf(sample()));
        assertThat(message.name()).isEqualTo("Do");
        assertThat(message.sequence()).isEqualTo(7);
        TStruct read = message.body().struct(0);
        assertThat(read.flag(1)).isTrue();
        assertThat(read.fields().get((short) 2)).isEqualTo((byte) -3);
        assertThat(read.fields().get((short) 3)).isEqualTo((short) 300);
        assertThat(read.integer(4, 0)).isEqualTo(70_000);
        assertThat(read.number(5, 0)).isEqualTo(1L << 40);
        assertThat(read.fields().get((short) 6)).isEqualTo(-0.5);
        assertThat(read.text(7)).hasValue("Grüße");
        assertThat(read.struct(8).integer(1281, 0)).isEqualTo(9);
        assertThat(read.list(9)).containsExactly(1, 2, 3);
        assertThat(read.map(10).entries()).containsEntry("k", "v");
    }

    @Test
    void readCall_cutAnywhere_isRefused() {
        byte[] whole = callOf(sample());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ThriftReader.readCall(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readCall_randomDamage_neverFailsOtherwise() {
        Random random = new Random(42);
        byte[] whole = callOf(sample());
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt();
            }
            try {
                ThriftReader.readCall(damaged);
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageContaining("Thrift");
            }
        }
    }

    @Test
    void readCall_nestingWithoutEnd_isRefusedBeforeTheStackOverflows() {
        ByteBuffer bytes = ByteBuffer.allocate(100_000);
        bytes.putInt(0x80010001).putInt(1).put((byte) 'x').putInt(1);
        while (bytes.remaining() > 3) {
            bytes.put(TType.STRUCT).putShort((short) 1);
        }
        assertThatThrownBy(() -> ThriftReader.readCall(bytes.array()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nests deeper");
    }
}
