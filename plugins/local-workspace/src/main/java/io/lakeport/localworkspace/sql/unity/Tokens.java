package io.lakeport.localworkspace.sql.unity;

import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into words, names in backticks, texts in quotes and signs; comments and blanks fall away. */
final class Tokens {
    /** Kinds of tokens. */
    enum Kind {
        WORD,
        QUOTED,
        TEXT,
        SIGN
    }

    /** One token, without its quotes. */
    record Token(Kind kind, String text) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }
    }

    private final String sql;
    private final List<Token> found = new ArrayList<>();
    private int at;

    private Tokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        Tokens tokens = new Tokens(sql);
        while (tokens.at < sql.length()) {
            tokens.step();
        }
        List<Token> all = tokens.found;
        while (!all.isEmpty() && all.get(all.size() - 1).is(";")) {
            all.remove(all.size() - 1);
        }
        return all;
    }

    private void step() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end;
        } else if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            at = end < 0 ? sql.length() : end + 2;
        } else if (c == '`') {
            found.add(new Token(Kind.QUOTED, quoted(c, false)));
        } else if (c == '\'' || c == '"') {
            found.add(new Token(Kind.TEXT, quoted(c, true)));
        } else if (part(c)) {
            word();
        } else {
            found.add(new Token(Kind.SIGN, String.valueOf(c)));
            at++;
        }
    }

    private static boolean part(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    /** A hyphen between letters is kept, so that the message about it can name the whole. */
    private void word() {
        int start = at;
        while (at < sql.length()
                && (part(sql.charAt(at))
                        || sql.charAt(at) == '-' && at + 1 < sql.length() && part(sql.charAt(at + 1)))) {
            at++;
        }
        found.add(new Token(Kind.WORD, sql.substring(start, at)));
    }

    private String quoted(char quote, boolean escapes) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == quote) {
                if (at >= sql.length() || sql.charAt(at) != quote) {
                    break;
                }
                at++;
            } else if (c == '\\' && escapes && at < sql.length()) {
                c = escaped(sql.charAt(at++));
            }
            text.append(c);
        }
        return text.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> c;
        };
    }
}
