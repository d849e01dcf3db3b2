package io.lakeport.warehouse.sea;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.SqlType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads types as Databricks writes them in a manifest, for example {@code STRUCT<a: INT, b: ARRAY<STRING>>}. */
final class TypeText {
    private static final Map<String, Kind> SIMPLE = Map.ofEntries(
            Map.entry("BOOLEAN", Kind.BOOLEAN),
            Map.entry("BYTE", Kind.TINYINT),
            Map.entry("TINYINT", Kind.TINYINT),
            Map.entry("SHORT", Kind.SMALLINT),
            Map.entry("SMALLINT", Kind.SMALLINT),
            Map.entry("INT", Kind.INT),
            Map.entry("INTEGER", Kind.INT),
            Map.entry("LONG", Kind.BIGINT),
            Map.entry("BIGINT", Kind.BIGINT),
            Map.entry("FLOAT", Kind.FLOAT),
            Map.entry("REAL", Kind.FLOAT),
            Map.entry("DOUBLE", Kind.DOUBLE),
            Map.entry("STRING", Kind.STRING),
            Map.entry("CHAR", Kind.STRING),
            Map.entry("VARCHAR", Kind.STRING),
            Map.entry("BINARY", Kind.BINARY),
            Map.entry("DATE", Kind.DATE),
            Map.entry("TIMESTAMP", Kind.TIMESTAMP),
            Map.entry("TIMESTAMP_NTZ", Kind.TIMESTAMP_NTZ),
            Map.entry("VARIANT", Kind.VARIANT),
            Map.entry("VOID", Kind.VOID),
            Map.entry("NULL", Kind.VOID));
    private static final int DEFAULT_PRECISION = 10;

    private final String text;
    private int at;

    private TypeText(String text) {
        this.text = text;
    }

    /** Returns the type of a column of {@code manifest.schema.columns}. */
    static SqlType ofColumn(JsonNode column) {
        String whole = column.path("type_text").asText("");
        String name = column.path("type_name").asText("");
        if (name.equals("DECIMAL")
                && !whole.contains("(")
                && column.path("type_precision").isNumber()) {
            return SqlType.decimal(
                    column.path("type_precision").asInt(),
                    column.path("type_scale").asInt(0));
        }
        return of(whole.isEmpty() ? name : whole);
    }

    /** Returns the type of that text; one that is not understood becomes {@link Kind#OTHER} with its text. */
    static SqlType of(String text) {
        TypeText reader = new TypeText(text.strip());
        try {
            SqlType type = reader.type();
            return reader.at == reader.text.length() ? type : other(reader.text);
        } catch (IllegalArgumentException e) {
            return other(reader.text);
        }
    }

    private static SqlType other(String text) {
        return new SqlType(Kind.OTHER, 0, 0, text, List.of());
    }

    private SqlType type() {
        int start = at;
        String name = word().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "ARRAY" -> array();
            case "MAP" -> map();
            case "STRUCT" -> struct();
            case "DECIMAL", "DEC", "NUMERIC" -> decimal();
            case "INTERVAL" -> interval();
            default -> simple(name, start);
        };
    }

    private SqlType simple(String name, int start) {
        Kind kind = SIMPLE.get(name);
        int[] ignoredLength = numbers();
        if (kind != null) {
            return SqlType.of(kind);
        }
        if (name.isEmpty() || ignoredLength.length > 2) {
            throw unexpected();
        }
        return other(text.substring(start, at));
    }

    private SqlType array() {
        expect('<');
        SqlType element = type();
        expect('>');
        return SqlType.array(element);
    }

    private SqlType map() {
        expect('<');
        SqlType key = type();
        expect(',');
        SqlType value = type();
        expect('>');
        return SqlType.map(key, value);
    }

    private SqlType struct() {
        expect('<');
        List<SqlType.Field> fields = new ArrayList<>();
        while (!accept('>')) {
            if (!fields.isEmpty()) {
                expect(',');
            }
            String name = fieldName();
            expect(':');
            fields.add(new SqlType.Field(name, type()));
            skipAttributes();
        }
        return SqlType.struct(fields);
    }

    private SqlType decimal() {
        int[] digits = numbers();
        return SqlType.decimal(digits.length > 0 ? digits[0] : DEFAULT_PRECISION, digits.length > 1 ? digits[1] : 0);
    }

    private SqlType interval() {
        StringBuilder qualifier = new StringBuilder(word().toUpperCase(Locale.ROOT));
        int before = at;
        if (word().equalsIgnoreCase("TO")) {
            qualifier.append(" TO ").append(word().toUpperCase(Locale.ROOT));
        } else {
            at = before;
        }
        String fields = qualifier.toString();
        boolean months = fields.startsWith("YEAR") || fields.startsWith("MONTH");
        return new SqlType(months ? Kind.INTERVAL_YEAR_MONTH : Kind.INTERVAL_DAY_TIME, 0, 0, fields, List.of());
    }

    /** {@code NOT NULL} and {@code COMMENT '…'} may follow a field's type and say nothing about values. */
    private void skipAttributes() {
        skipSpaces();
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '>') {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                quoted(c);
            } else {
                at++;
            }
        }
    }

    private String fieldName() {
        skipSpaces();
        if (at < text.length() && text.charAt(at) == '`') {
            return quoted('`');
        }
        int colon = text.indexOf(':', at);
        if (colon < 0) {
            throw unexpected();
        }
        String name = text.substring(at, colon).strip();
        at = colon;
        return name;
    }

    private String quoted(char quote) {
        StringBuilder name = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                name.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                name.append(text.charAt(at++));
            } else {
                return name.toString();
            }
        }
        throw unexpected();
    }

    private int[] numbers() {
        if (!accept('(')) {
            return new int[0];
        }
        int close = text.indexOf(')', at);
        if (close < 0) {
            throw unexpected();
        }
        String[] parts = text.substring(at, close).split(",");
        at = close + 1;
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Integer.parseInt(parts[i].strip());
        }
        return numbers;
    }

    private String word() {
        skipSpaces();
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw unexpected();
        }
    }

    private boolean accept(char c) {
        skipSpaces();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("type text ends or changes unexpectedly at character " + at);
    }
}
