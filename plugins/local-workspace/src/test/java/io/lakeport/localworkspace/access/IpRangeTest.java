package io.lakeport.localworkspace.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IpRangeTest {
    private static String text(long address) {
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    @Test
    void contains_exactlyTheAddressesWithTheSameLeadingBits() {
        Random random = new Random(11);
        for (int bits = 0; bits <= 32; bits++) {
            long network = random.nextLong() & 0xFFFFFFFFL;
            IpRange range = IpRange.parse(text(network) + "/" + bits).orElseThrow();
            long free = bits == 32 ? 0 : (1L << (32 - bits)) - 1;
            assertThat(range.contains(text(network & ~free & 0xFFFFFFFFL))).isTrue();
            assertThat(range.contains(text(network | free))).isTrue();
            if (bits > 0) {
                assertThat(range.contains(text((network ^ 1L << (32 - bits)) & 0xFFFFFFFFL)))
                        .isFalse();
            }
        }
    }

    @Test
    void parse_whatIsNoIpv4_isEmpty() {
        for (String wrong :
                List.of("", "1.2.3", "1.2.3.4.5", "256.1.1.1", "::1", "1.2.3.4/33", "1.2.3.4/", "a.b.c.d")) {
            assertThat(IpRange.parse(wrong)).as(wrong).isEmpty();
        }
        assertThat(IpRange.parse("10.0.0.0/8").orElseThrow().contains("0:0:0:0:0:0:0:1"))
                .isFalse();
    }
}
