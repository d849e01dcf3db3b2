package io.lakeport.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What commands read from standard input. */
final class StandardInput {
    // More than the longest of either: the rest would be refused for its length anyway.
    private static final int MOST_BYTES = 20 * 1024;

    private StandardInput() {}

    private static String text() {
        try {
            byte[] bytes = System.in.readNBytes(MOST_BYTES);
            try {
                return new String(bytes, StandardCharsets.UTF_8);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a word; spaces and line breaks around it are not part of it. */
    static String word() {
        return text().strip();
    }

    /** Reads a secret, without the one line break that {@code echo} and editors put behind it. */
    static String secret() {
        String text = text();
        if (text.endsWith("\n")) {
            text = text.substring(0, text.length() - 1);
        }
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
