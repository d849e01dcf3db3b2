package io.lakeport.warehouse.sea;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells statements that only read. In doubt a statement is taken for one that writes: a word such as INSERT inside a
 * text is enough. Stateless.
 */
final class ReadOnly {
    private static final Pattern LEADING =
            Pattern.compile("(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*(?:(?!\\*/|/\\*).)*+\\*/|\\()*+", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
    private static final Set<String> READING = Set.of("SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "VALUES");
    /** What may follow WITH, or FROM, and write. */
    private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    private ReadOnly() {}

    /** Returns whether running the statement twice is as good as running it once. */
    static boolean isCertain(String sql) {
        Matcher leading = LEADING.matcher(sql);
        int from = leading.lookingAt() ? leading.end() : 0;
        Matcher words = WORD.matcher(sql).region(from, sql.length());
        if (!words.lookingAt() || !READING.contains(words.group().toUpperCase(Locale.ROOT))) {
            return false;
        }
        while (words.find()) {
            if (WRITING.contains(words.group().toUpperCase(Locale.ROOT))) {
                return false;
            }
        }
        String text = sql.strip();
        int semicolon = text.indexOf(';');
        return semicolon < 0 || semicolon == text.length() - 1;
    }
}
