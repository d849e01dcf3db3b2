package io.lakeport.warehouse.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checksums beside an object, with the check values that the algorithms publish. */
class StorageChecksumTest {
    /** CRC-32C of "123456789" is E3069283; its MD5 is 25F9E794323B453885F5181F1B624D0B. */
    private static final ByteBuffer CHECK = ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII));

    private static final String CRC = "4waSgw==";
    private static final String MD5 = "JfnnlDI7RTiF9RgfG2JNCw==";

    private static HttpHeaders headers(String name, String... values) {
        return HttpHeaders.of(Map.of(name, List.of(values)), (header, value) -> true);
    }

    @Test
    void mismatch_announcedAndRight_isEmpty() {
        assertThat(StorageChecksum.mismatch(headers("Content-MD5", MD5), CHECK)).isEmpty();
        assertThat(StorageChecksum.mismatch(headers("x-goog-hash", "crc32c=" + CRC + ",md5=" + MD5), CHECK))
                .isEmpty();
        assertThat(StorageChecksum.mismatch(headers("x-goog-hash", "md5=" + MD5), CHECK))
                .isEmpty();
        assertThat(StorageChecksum.mismatch(headers("ETag", "\"abc\""), CHECK)).isEmpty();
    }

    @Test
    void mismatch_otherBytes_saysWhatWasExpected() {
        ByteBuffer changed = ByteBuffer.wrap("123456780".getBytes(StandardCharsets.US_ASCII));

        assertThat(StorageChecksum.mismatch(headers("Content-MD5", MD5), changed))
                .hasValueSatisfying(text -> assertThat(text).contains("MD5").contains(MD5));
        assertThat(StorageChecksum.mismatch(headers("x-goog-hash", "md5=" + MD5, "crc32c=" + CRC), changed))
                .hasValueSatisfying(text -> assertThat(text).contains("CRC-32C").contains(CRC));
        assertThat(CHECK.remaining()).as("the buffer is left as it was").isEqualTo(9);
    }
}
