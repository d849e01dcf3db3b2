package io.lakeport.app.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits Databricks SQL into tokens (Databricks SQL reference, "Lexical structure"): enough to tell names and keywords
 * from comments and string literals, which is where a lesser check is fooled.
 */
final class SqlTokens {
    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED,
        STRING,
        SYMBOL
    }

    /** A token and where it begins; words keep their spelling, quoted names and strings have lost their quotes. */
    record Token(Kind kind, String text, int at) {
        boolean isWord(String upper) {
            return kind == Kind.WORD && text.toUpperCase(Locale.ROOT).equals(upper);
        }

        boolean isSymbol(char c) {
            return kind == Kind.SYMBOL && text.charAt(0) == c;
        }

        boolean isName() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        SqlTokens scan = new SqlTokens(sql);
        while (scan.at < sql.length()) {
            scan.next();
        }
        return scan.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            skipLine();
        } else if (sql.startsWith("/*", at)) {
            skipComment();
        } else if (c == '`') {
            quoted('`', Kind.QUOTED, false);
        } else if (c == '\'' || c == '"') {
            quoted(c, Kind.STRING, true);
        } else if (isWordPart(c)) {
            word();
        } else {
            tokens.add(new Token(Kind.SYMBOL, String.valueOf(c), at));
            at++;
        }
    }

    /** A carriage return ends the line as well: what follows it is read. */
    private void skipLine() {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
    }

    /** Comments nest. */
    private void skipComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private void quoted(char quote, Kind kind, boolean backslashEscapes) {
        StringBuilder text = new StringBuilder();
        int start = at;
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && backslashEscapes && at + 1 < sql.length()) {
                text.append(sql.charAt(at + 1));
                at += 2;
            } else if (c == quote && at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                text.append(quote);
                at += 2;
            } else if (c == quote) {
                at++;
                break;
            } else {
                text.append(c);
                at++;
            }
        }
        tokens.add(new Token(kind, text.toString(), start));
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        String text = sql.substring(start, at);
        boolean raw =
                text.equalsIgnoreCase("r") && at < sql.length() && (sql.charAt(at) == '\'' || sql.charAt(at) == '"');
        if (raw) {
            quoted(sql.charAt(at), Kind.STRING, false);
        } else {
            tokens.add(new Token(Kind.WORD, text, start));
        }
    }

    private static boolean isWordPart(char c) {
        return c == '_' || c == '$' || Character.isLetterOrDigit(c);
    }
}
