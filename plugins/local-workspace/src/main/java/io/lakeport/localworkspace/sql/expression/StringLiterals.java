package io.lakeport.localworkspace.sql.expression;

/** Spark's string literals: single or double quotes, backslash escapes, raw strings. */
public final class StringLiterals {
    private StringLiterals() {}

    /** Returns the text that a literal stands for, quotes and all given. */
    public static String unescape(String token) {
        char first = token.charAt(0);
        if (first == 'r' || first == 'R') {
            return token.substring(2, token.length() - 1);
        }
        String body = token.substring(1, token.length() - 1);
        StringBuilder out = new StringBuilder(body.length());
        int i = 0;
        while (i < body.length()) {
            char c = body.charAt(i);
            if (c == first && i + 1 < body.length()) {
                // A doubled quote is one quote.
                out.append(c);
                i += 2;
            } else if (c == '\\' && i + 1 < body.length()) {
                i = escape(body, i + 1, out);
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static int escape(String body, int at, StringBuilder out) {
        char c = body.charAt(at);
        if ((c == 'u' || c == 'U') && isHex(body, at + 1, c == 'u' ? 4 : 8)) {
            int end = at + 1 + (c == 'u' ? 4 : 8);
            out.appendCodePoint(Integer.parseInt(body.substring(at + 1, end), 16));
            return end;
        }
        if (c >= '0' && c <= '1' && isOctal(body, at)) {
            out.append((char) Integer.parseInt(body.substring(at, at + 3), 8));
            return at + 3;
        }
        switch (c) {
            case '0' -> out.append('\0');
            case 'b' -> out.append('\b');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'Z' -> out.append('\u001A');
            case '%', '_' -> out.append('\\').append(c);
            default -> out.append(c);
        }
        return at + 1;
    }

    private static boolean isHex(String body, int from, int length) {
        return from + length <= body.length()
                && body.substring(from, from + length).chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static boolean isOctal(String body, int from) {
        return from + 3 <= body.length()
                && body.substring(from, from + 3).chars().allMatch(c -> c >= '0' && c <= '7');
    }
}
