package io.lakeport.localworkspace.thrift;

/** JDBC's name patterns as those of SHOW … LIKE, which are regular expressions but for the star. */
final class JdbcPatterns {
    private static final String META = "\\^$.|?+()[]{}";

    private JdbcPatterns() {}

    /** Returns the body of a string literal: {@code %} is any text, {@code _} any character, a backslash escapes. */
    static String toShow(String pattern) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                i++;
                append(text, pattern.charAt(i));
            } else if (c == '%') {
                text.append('*');
            } else if (c == '_') {
                text.append('.');
            } else {
                append(text, c);
            }
        }
        return text.toString();
    }

    /** A backslash of the expression is two of the literal. */
    private static void append(StringBuilder text, char c) {
        if (c == '\'') {
            text.append("\\'");
        } else if (c == '*') {
            // SHOW has no way to name a star; any character comes nearest.
            text.append('.');
        } else if (META.indexOf(c) >= 0) {
            text.append("\\\\").append(c == '\\' ? "\\\\" : c);
        } else {
            text.append(c);
        }
    }
}
