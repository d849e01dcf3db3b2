package io.lakeport.core.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Name of a table or view with one, two or three levels.
 *
 * @param catalog catalog, empty for the session's
 * @param schema schema, empty for the session's; present whenever the catalog is
 * @param table table or view
 */
public record TableName(Optional<Identifier> catalog, Optional<Identifier> schema, Identifier table) {
    public TableName {
        Objects.requireNonNull(table, "table");
        if (catalog.isPresent() && schema.isEmpty()) {
            throw new IllegalArgumentException("table name " + table + " has a catalog but no schema");
        }
    }

    /** Returns a three-level name. */
    public static TableName of(String catalog, String schema, String table) {
        return new TableName(
                Optional.of(Identifier.of(catalog)), Optional.of(Identifier.of(schema)), Identifier.of(table));
    }

    /**
     * Parses {@code a}, {@code a.b} or {@code a.b.c}, each level bare or in backticks with inner backticks doubled.
     *
     * @throws IllegalArgumentException naming the position where the text stops being a name
     */
    public static TableName parse(String text) {
        List<Identifier> levels = levels(text);
        return switch (levels.size()) {
            case 1 -> new TableName(Optional.empty(), Optional.empty(), levels.get(0));
            case 2 -> new TableName(Optional.empty(), Optional.of(levels.get(0)), levels.get(1));
            case 3 -> new TableName(Optional.of(levels.get(0)), Optional.of(levels.get(1)), levels.get(2));
            default ->
                throw new IllegalArgumentException("table name '" + text + "' has " + levels.size()
                        + " levels; expected catalog.schema.table, schema.table or table");
        };
    }

    private static List<Identifier> levels(String text) {
        List<Identifier> levels = new ArrayList<>();
        int at = 0;
        while (true) {
            int end = text.startsWith("`", at) ? endOfQuoted(text, at) : endOfBare(text, at);
            String level = text.startsWith("`", at)
                    ? text.substring(at + 1, end - 1).replace("``", "`")
                    : text.substring(at, end);
            if (level.isEmpty()) {
                throw illegal(text, at, "a level is empty");
            }
            levels.add(Identifier.of(level));
            if (end == text.length()) {
                return levels;
            }
            if (text.charAt(end) != '.') {
                throw illegal(text, end, "expected '.' between levels");
            }
            at = end + 1;
        }
    }

    private static int endOfQuoted(String text, int start) {
        int at = start + 1;
        while (at < text.length()) {
            if (text.charAt(at) != '`') {
                at++;
            } else if (text.startsWith("``", at)) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw illegal(text, start, "the backtick is not closed");
    }

    private static int endOfBare(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '.') {
            char c = text.charAt(at);
            if (c == '`' || Character.isWhitespace(c) || c == ';' || c == '\'' || c == '"') {
                throw illegal(text, at, "quote the level in backticks to use this character");
            }
            at++;
        }
        return at;
    }

    private static IllegalArgumentException illegal(String text, int at, String why) {
        return new IllegalArgumentException("table name '" + text + "' is not legal at character " + (at + 1) + ": "
                + why + "; expected for example main.default.orders or `my catalog`.default.orders");
    }

    /** Returns the name for SQL text, every level in backticks. */
    public String quoted() {
        return Stream.of(catalog, schema, Optional.of(table))
                .flatMap(Optional::stream)
                .map(Identifier::quoted)
                .collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return quoted();
    }
}
