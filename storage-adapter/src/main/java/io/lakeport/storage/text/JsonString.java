package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.storage.partition.GrowingBytes;
import java.nio.charset.StandardCharsets;

/**
 * Texts as JSON strings (RFC 8259, section 7). Beside what JSON demands, the line separators that some readers split
 * lines at (U+0085, U+2028, U+2029) and U+007F are escaped.
 */
final class JsonString {
    private static final String HEX = "0123456789abcdef";
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int NEXT_LINE = 0x85;

    private final boolean asciiOnly;

    /** Creates the rule; {@code asciiOnly} escapes every character above U+007E. */
    JsonString(boolean asciiOnly) {
        this.asciiOnly = asciiOnly;
    }

    void write(GrowingBytes out, ArrowColumn column, int row) {
        out.add('"');
        int at = Utf8Text.copy(out, column, row);
        escapeFrom(out, at);
        out.add('"');
    }

    void write(GrowingBytes out, String text) {
        out.add('"');
        int at = out.size();
        out.utf8(text.getBytes(StandardCharsets.UTF_8));
        escapeFrom(out, at);
        out.add('"');
    }

    /** Most texts have nothing to escape and stay where they were copied to. */
    private void escapeFrom(GrowingBytes out, int at) {
        byte[] bytes = out.array();
        for (int i = at; i < out.size(); i++) {
            if (isSpecial(bytes, i)) {
                escape(out, out.take(i));
                return;
            }
        }
    }

    private boolean isSpecial(byte[] bytes, int i) {
        byte b = bytes[i];
        if (b >= 0) {
            return b < ' ' || b == '"' || b == '\\' || b == 0x7F;
        }
        return asciiOnly || isSeparator(bytes, i);
    }

    /** The text is well-formed, so what a first byte promises is there. */
    private static boolean isSeparator(byte[] bytes, int i) {
        return (bytes[i] == (byte) 0xC2 && bytes[i + 1] == (byte) NEXT_LINE)
                || (bytes[i] == (byte) 0xE2 && bytes[i + 1] == (byte) 0x80 && (bytes[i + 2] & 0xFE) == 0xA8);
    }

    private void escape(GrowingBytes out, byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii(out, c);
            } else if (asciiOnly || c == NEXT_LINE || c == LINE_SEPARATOR || c == LINE_SEPARATOR + 1) {
                unicode(out, c);
            } else {
                int end = Character.isHighSurrogate(c) ? i + 2 : i + 1;
                out.utf8(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
    }

    private static void ascii(GrowingBytes out, char c) {
        switch (c) {
            case '"' -> out.ascii("\\\"");
            case '\\' -> out.ascii("\\\\");
            case '\n' -> out.ascii("\\n");
            case '\r' -> out.ascii("\\r");
            case '\t' -> out.ascii("\\t");
            case '\b' -> out.ascii("\\b");
            case '\f' -> out.ascii("\\f");
            default -> {
                if (c < ' ' || c == 0x7F) {
                    unicode(out, c);
                } else {
                    out.add(c);
                }
            }
        }
    }

    private static void unicode(GrowingBytes out, char c) {
        out.ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.add(HEX.charAt(c >> shift & 0xF));
        }
    }
}
