package io.lakeport.core.sql;

import io.lakeport.core.sql.SqlType.Field;
import io.lakeport.core.sql.SqlType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parses type texts as Databricks writes them, for example {@code STRUCT<a: INT, `b c`: ARRAY<DECIMAL(10,2)>>}
 * (Databricks SQL reference, "Data types"). Case does not matter outside field names.
 */
public final class SqlTypeParser {
    private static final int MAX_DEPTH = 100;
    private static final int DEFAULT_PRECISION = 10;

    private static final Map<String, Kind> SIMPLE = Map.ofEntries(
            Map.entry("BOOLEAN", Kind.BOOLEAN),
            Map.entry("TINYINT", Kind.TINYINT),
            Map.entry("BYTE", Kind.TINYINT),
            Map.entry("SMALLINT", Kind.SMALLINT),
            Map.entry("SHORT", Kind.SMALLINT),
            Map.entry("INT", Kind.INT),
            Map.entry("INTEGER", Kind.INT),
            Map.entry("BIGINT", Kind.BIGINT),
            Map.entry("LONG", Kind.BIGINT),
            Map.entry("FLOAT", Kind.FLOAT),
            Map.entry("REAL", Kind.FLOAT),
            Map.entry("DOUBLE", Kind.DOUBLE),
            Map.entry("STRING", Kind.STRING),
            Map.entry("CHAR", Kind.STRING),
            Map.entry("VARCHAR", Kind.STRING),
            Map.entry("BINARY", Kind.BINARY),
            Map.entry("DATE", Kind.DATE),
            Map.entry("TIMESTAMP", Kind.TIMESTAMP),
            Map.entry("TIMESTAMP_LTZ", Kind.TIMESTAMP),
            Map.entry("TIMESTAMP_NTZ", Kind.TIMESTAMP_NTZ),
            Map.entry("VARIANT", Kind.VARIANT),
            Map.entry("VOID", Kind.VOID),
            Map.entry("NULL", Kind.VOID));

    private final String text;
    private int at;

    private SqlTypeParser(String text) {
        this.text = text;
    }

    /**
     * Parses a type. A name this version does not know becomes {@link Kind#OTHER} with its text.
     *
     * @throws IllegalArgumentException naming the character where the text stops being a type
     */
    public static SqlType parse(String text) {
        SqlTypeParser parser = new SqlTypeParser(text);
        SqlType type = parser.type(0);
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.illegal("expected the end");
        }
        return type;
    }

    private SqlType type(int depth) {
        if (depth > MAX_DEPTH) {
            throw illegal("types are nested deeper than " + MAX_DEPTH);
        }
        skipSpace();
        int start = at;
        String name = word().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "ARRAY" -> {
                expect('<');
                SqlType element = type(depth + 1);
                expect('>');
                yield SqlType.array(element);
            }
            case "MAP" -> {
                expect('<');
                SqlType key = type(depth + 1);
                expect(',');
                SqlType value = type(depth + 1);
                expect('>');
                yield SqlType.map(key, value);
            }
            case "STRUCT" -> SqlType.struct(fields(depth));
            case "DECIMAL", "DEC", "NUMERIC" -> decimal();
            case "INTERVAL" -> interval();
            default -> SIMPLE.containsKey(name) ? simple(SIMPLE.get(name)) : other(start);
        };
    }

    private SqlType simple(Kind kind) {
        if (peek() == '(') {
            skipParentheses();
        }
        if (kind == Kind.STRING && acceptWord("COLLATE")) {
            skipSpace();
            word();
        }
        return SqlType.of(kind);
    }

    private SqlType other(int start) {
        if (peek() == '(') {
            skipParentheses();
        }
        return new SqlType(Kind.OTHER, 0, 0, text.substring(start, at).strip(), List.of());
    }

    private SqlType decimal() {
        if (peek() != '(') {
            return SqlType.decimal(DEFAULT_PRECISION, 0);
        }
        expect('(');
        int precision = number();
        int scale = 0;
        if (peek() == ',') {
            expect(',');
            scale = number();
        }
        expect(')');
        return SqlType.decimal(precision, scale);
    }

    private SqlType interval() {
        skipSpace();
        String from = word().toUpperCase(Locale.ROOT);
        String qualifier = acceptWord("TO") ? from + " TO " + nextWord() : from;
        boolean months = from.equals("YEAR") || from.equals("MONTH");
        return new SqlType(months ? Kind.INTERVAL_YEAR_MONTH : Kind.INTERVAL_DAY_TIME, 0, 0, qualifier, List.of());
    }

    private List<Field> fields(int depth) {
        List<Field> fields = new ArrayList<>();
        expect('<');
        while (peek() != '>') {
            if (!fields.isEmpty()) {
                expect(',');
            }
            skipSpace();
            String name = peek() == '`' ? quotedName() : word();
            if (peek() == ':') {
                expect(':');
            }
            fields.add(new Field(name, type(depth + 1)));
            if (acceptWord("NOT")) {
                nextWord();
            }
            if (acceptWord("COMMENT")) {
                skipQuoted();
            }
        }
        expect('>');
        return fields;
    }

    private String nextWord() {
        skipSpace();
        return word().toUpperCase(Locale.ROOT);
    }

    private boolean acceptWord(String word) {
        skipSpace();
        int end = at + word.length();
        boolean found = text.regionMatches(true, at, word, 0, word.length())
                && (end == text.length() || !isNamePart(text.charAt(end)));
        if (found) {
            at = end;
        }
        return found;
    }

    private String word() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw illegal("expected a name");
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        // Databricks prints field names bare that are words of any alphabet; everything else it quotes.
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == '$';
    }

    private String quotedName() {
        StringBuilder name = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '`') {
                name.append(c);
            } else if (at < text.length() && text.charAt(at) == '`') {
                name.append('`');
                at++;
            } else {
                return name.toString();
            }
        }
        throw illegal("the backtick is not closed");
    }

    private void skipQuoted() {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw illegal("expected a quoted comment");
        }
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == quote) {
                return;
            }
        }
        throw illegal("the comment is not closed");
    }

    private void skipParentheses() {
        int close = text.indexOf(')', at);
        if (close < 0) {
            throw illegal("the parenthesis is not closed");
        }
        at = close + 1;
    }

    private int number() {
        skipSpace();
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start || at - start > 2) {
            throw illegal("expected a number from 0 to 38");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char c) {
        if (peek() != c) {
            throw illegal("expected '" + c + "'");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException illegal(String why) {
        return new IllegalArgumentException("type '" + text + "' is not legal at character " + (at + 1) + ": " + why);
    }
}
