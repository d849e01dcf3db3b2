package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.storage.partition.GrowingBytes;
import java.nio.charset.StandardCharsets;

/** Texts, copied from Arrow as the UTF-8 that they are. What is no UTF-8 becomes U+FFFD, as no reader takes it. */
final class Utf8Text {
    private Utf8Text() {}

    /** Adds a text and returns where it begins. */
    static int copy(GrowingBytes out, ArrowColumn column, int row) {
        int count = column.end(row) - column.start(row);
        int at = out.open(count);
        column.copy(row, out.array(), at);
        if (hasHighByte(out.array(), at, at + count) && !isValid(out.array(), at, at + count)) {
            String repaired = new String(out.array(), at, count, StandardCharsets.UTF_8);
            out.truncate(at);
            out.utf8(repaired.getBytes(StandardCharsets.UTF_8));
        }
        return at;
    }

    private static boolean hasHighByte(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValid(byte[] bytes, int from, int to) {
        for (int i = from; i < to; ) {
            int length = sequence(bytes, i, to);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    /** Returns how many bytes the character at {@code i} has, 0 when it is malformed (Unicode 15, table 3-7). */
    private static int sequence(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || to - i < length) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
