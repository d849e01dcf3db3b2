package io.lakeport.localworkspace.job;

import java.util.ArrayList;
import java.util.List;

/** Statements of a file, separated by semicolons outside of texts, quoted names and comments. */
final class SqlScript {
    private SqlScript() {}

    static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ';') {
                add(statements, text.substring(start, i));
                start = i + 1;
                i++;
            } else if (c == '\'' || c == '"' || c == '`') {
                i = endOfQuote(text, i);
            } else if (text.startsWith("--", i)) {
                i = endOf(text, "\n", i);
            } else if (text.startsWith("/*", i)) {
                i = endOf(text, "*/", i);
            } else {
                i++;
            }
        }
        add(statements, text.substring(start));
        return statements;
    }

    private static void add(List<String> statements, String text) {
        boolean onlyComments = text.replaceAll("--[^\n]*", "")
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .isBlank();
        if (!onlyComments) {
            statements.add(text.strip());
        }
    }

    private static int endOfQuote(String text, int from) {
        char quote = text.charAt(from);
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            i += text.charAt(i) == '\\' && quote != '`' ? 2 : 1;
        }
        return i + 1;
    }

    private static int endOf(String text, String mark, int from) {
        int end = text.indexOf(mark, from);
        return end < 0 ? text.length() : end + mark.length();
    }
}
