package io.lakeport.localworkspace.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bodies of the type {@code multipart/form-data} (RFC 7578), as uploads of the SDKs send them. */
public final class Multipart {
    private static final String TYPE = "multipart/form-data";
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))");
    private static final Pattern NAME =
            Pattern.compile("(?im)^content-disposition:\\s*form-data;(?:.*;)?\\s*name=\"([^\"]*)\"");
    private static final byte[] END_OF_HEADERS = ascii("\r\n\r\n");

    private Multipart() {}

    /** Says whether a request has such a body. */
    public static boolean is(Exchange exchange) {
        return exchange.header("Content-Type")
                .filter(type -> type.regionMatches(true, 0, TYPE, 0, TYPE.length()))
                .isPresent();
    }

    /**
     * Parses a body.
     *
     * @param contentType the request's Content-Type, which has the boundary
     * @return the parts by their names, in their order
     * @throws ApiException MALFORMED_REQUEST when it is not such a body, or has no last boundary
     */
    public static Map<String, byte[]> parse(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw malformed("no boundary in its Content-Type");
        }
        String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        // Every boundary but the first follows a line break, which belongs to it and not to the part before.
        byte[] delimiter = ascii("\r\n--" + text);
        byte[] lines = concat(ascii("\r\n"), body);
        Map<String, byte[]> parts = new LinkedHashMap<>();
        int at = indexOf(lines, delimiter, 0);
        while (at >= 0) {
            int start = at + delimiter.length;
            if (start + 1 < lines.length && lines[start] == '-' && lines[start + 1] == '-') {
                return parts;
            }
            at = indexOf(lines, delimiter, start);
            if (at >= 0) {
                add(parts, Arrays.copyOfRange(lines, start, at));
            }
        }
        throw malformed("no last boundary");
    }

    private static void add(Map<String, byte[]> parts, byte[] part) {
        int end = indexOf(part, END_OF_HEADERS, 0);
        if (end < 0) {
            throw malformed("a part without headers");
        }
        Matcher name = NAME.matcher(new String(part, 0, end, StandardCharsets.UTF_8));
        if (!name.find()) {
            throw malformed("a part without a name");
        }
        parts.put(name.group(1), Arrays.copyOfRange(part, end + END_OF_HEADERS.length, part.length));
    }

    private static int indexOf(byte[] text, byte[] sought, int from) {
        for (int at = from; at <= text.length - sought.length; at++) {
            if (text[at] == sought[0] && Arrays.equals(text, at, at + sought.length, sought, 0, sought.length)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ApiException malformed(String why) {
        return new ApiException(400, "MALFORMED_REQUEST", "Could not parse request object: multipart body, " + why);
    }
}
