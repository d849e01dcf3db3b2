package io.lakeport.localworkspace.statement;

/**
 * Measures how deep a statement nests, in one pass and before anything parses it: a parser's effort grows with the
 * square of the depth, so that a small text could keep a thread busy for hours.
 */
final class NestingGuard {
    /** Far more than people or tools write; Spark gives up well below it. */
    private static final int MOST = 1000;

    private final String sql;
    private int position;
    private int depth;
    private int cases;

    private NestingGuard(String sql) {
        this.sql = sql;
    }

    /** Returns whether brackets, CASE expressions or comments nest too deep to be parsed. */
    static boolean isTooDeep(String sql) {
        return new NestingGuard(sql).scan();
    }

    private boolean scan() {
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (c == '\'' || c == '"' || c == '`') {
                skipQuoted(c);
            } else if (sql.startsWith("--", position)) {
                int end = sql.indexOf('\n', position);
                position = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", position)) {
                if (skipComment()) {
                    return true;
                }
            } else if (Character.isJavaIdentifierStart(c)) {
                countWord();
            } else {
                depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
                position++;
            }
            if (depth > MOST || cases > MOST) {
                return true;
            }
        }
        return false;
    }

    private void skipQuoted(char quote) {
        position++;
        while (position < sql.length() && sql.charAt(position) != quote) {
            position += sql.charAt(position) == '\\' && quote != '`' ? 2 : 1;
        }
        position++;
    }

    /** Comments nest in Spark's grammar. */
    private boolean skipComment() {
        int open = 0;
        do {
            if (sql.startsWith("/*", position)) {
                open++;
                position += 2;
            } else if (sql.startsWith("*/", position)) {
                open--;
                position += 2;
            } else {
                position++;
            }
        } while (open > 0 && open <= MOST && position < sql.length());
        return open > MOST;
    }

    private void countWord() {
        int start = position;
        while (position < sql.length() && Character.isJavaIdentifierPart(sql.charAt(position))) {
            position++;
        }
        int length = position - start;
        if (length == 4 && sql.regionMatches(true, start, "CASE", 0, 4)) {
            cases++;
        } else if (length == 3 && sql.regionMatches(true, start, "END", 0, 3)) {
            cases = Math.max(0, cases - 1);
        }
    }
}
