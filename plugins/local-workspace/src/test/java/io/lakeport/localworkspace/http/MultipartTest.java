package io.lakeport.localworkspace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultipartTest {
    private static Map<String, byte[]> parse(String body) {
        return Multipart.parse("multipart/form-data; boundary=\"b\"", body.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void parse_binaryContent_keepsEveryByteIncludingLineBreaks() {
        Map<String, byte[]> parts = parse("--b\r\nContent-Disposition: form-data; name=\"path\"\r\n\r\n/x\r\n"
                + "--b\r\nContent-Type: a/b\r\ncontent-disposition: form-data; filename=\"f\"; name=\"content\"\r\n\r\n"
                + "\r\n--\0\u00ff\r\n\r\n--b--\r\n");
        assertThat(parts).containsOnlyKeys("path", "content");
        assertThat(parts.get("path")).asString().isEqualTo("/x");
        assertThat(new String(parts.get("content"), StandardCharsets.ISO_8859_1))
                .isEqualTo("\r\n--\0\u00ff\r\n");
    }

    @Test
    void parse_cutOrNamelessBody_isMalformed() {
        for (String body : new String[] {
            "",
            "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nv",
            "--b\r\nContent-Type: a\r\n\r\nv\r\n--b--",
            "--b\r\nv\r\n--b--"
        }) {
            assertThatThrownBy(() -> parse(body))
                    .as(body)
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("multipart");
        }
        assertThatThrownBy(() -> Multipart.parse("multipart/form-data", new byte[0]))
                .hasMessageContaining("boundary");
    }
}
