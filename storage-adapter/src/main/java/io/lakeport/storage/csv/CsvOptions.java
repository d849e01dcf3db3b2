package io.lakeport.storage.csv;

import io.lakeport.storage.option.Options;
import io.lakeport.storage.partition.FileSettings;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options of the format.
 *
 * @param delimiter between cells
 * @param quote around cells that need it
 * @param header whether each file begins with the names of the columns
 * @param nullText what stands for NULL, without quotes
 * @param lineEnd what ends a line
 * @param hex whether bytes are hexadecimal rather than Base64
 * @param files how lines are put into files
 */
record CsvOptions(
        char delimiter, char quote, boolean header, String nullText, String lineEnd, boolean hex, FileSettings files) {
    private static final String DELIMITER = "delimiter";
    private static final String QUOTE = "quote";
    private static final String HEADER = "header";
    private static final String NULL = "null";
    private static final String LINE_END = "line_end";
    private static final String BINARY = "binary";
    private static final Set<String> KNOWN = Set.of(DELIMITER, QUOTE, HEADER, NULL, LINE_END, BINARY);

    static CsvOptions of(Map<String, String> options) {
        Set<String> known = new TreeSet<>(KNOWN);
        known.addAll(FileSettings.KNOWN);
        Options given = Options.of("format csv", options, known);
        char delimiter = mark(given, DELIMITER, ',');
        char quote = mark(given, QUOTE, '"');
        if (delimiter == quote) {
            throw given.malformed(QUOTE, "expected another character than the delimiter");
        }
        return new CsvOptions(
                delimiter,
                quote,
                given.flag(HEADER, true),
                nullText(given, delimiter, quote),
                lineEnd(given),
                hex(given),
                FileSettings.of(given));
    }

    /** A mark that occurs in numbers and times would make every one of them need quotes. */
    private static char mark(Options options, String name, char absent) {
        String text = options.text(name).orElse(String.valueOf(absent));
        String one = text.equals("\\t") ? "\t" : text;
        boolean legal = one.length() == 1
                && (one.charAt(0) == '\t' || (one.charAt(0) > ' ' && one.charAt(0) < 0x7F))
                && !Character.isLetterOrDigit(one.charAt(0))
                && "+-.:/=".indexOf(one.charAt(0)) < 0;
        if (!legal) {
            throw options.malformed(
                    name, "expected one ASCII character that is no letter, digit, blank or one of + - . : / =, or \\t");
        }
        return one.charAt(0);
    }

    private static String nullText(Options options, char delimiter, char quote) {
        String text = options.text(NULL).orElse("");
        boolean breaks = text.chars().anyMatch(c -> c == delimiter || c == quote || c == '\r' || c == '\n');
        if (breaks) {
            throw options.malformed(NULL, "expected a text without delimiter, quote and line break");
        }
        return text;
    }

    private static String lineEnd(Options options) {
        return switch (options.text(LINE_END).orElse("crlf").toLowerCase(Locale.ROOT)) {
            case "crlf" -> "\r\n";
            case "lf" -> "\n";
            default -> throw options.malformed(LINE_END, "expected crlf or lf");
        };
    }

    private static boolean hex(Options options) {
        return switch (options.text(BINARY).orElse("base64").toLowerCase(Locale.ROOT)) {
            case "base64" -> false;
            case "hex" -> true;
            default -> throw options.malformed(BINARY, "expected base64 or hex");
        };
    }
}
