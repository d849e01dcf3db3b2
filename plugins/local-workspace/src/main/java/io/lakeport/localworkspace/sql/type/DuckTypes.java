package io.lakeport.localworkspace.sql.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads DuckDB's type texts. Types that Databricks does not have become the nearest one that holds their values. */
public final class DuckTypes {
    private static final Map<String, SqlType> SIMPLE = Map.ofEntries(
            Map.entry("BOOLEAN", SqlType.BOOLEAN),
            Map.entry("TINYINT", SqlType.BYTE),
            Map.entry("SMALLINT", SqlType.SHORT),
            Map.entry("UTINYINT", SqlType.SHORT),
            Map.entry("INTEGER", SqlType.INT),
            Map.entry("USMALLINT", SqlType.INT),
            Map.entry("BIGINT", SqlType.LONG),
            Map.entry("UINTEGER", SqlType.LONG),
            Map.entry("UBIGINT", SqlType.decimal(20, 0)),
            Map.entry("HUGEINT", SqlType.decimal(38, 0)),
            Map.entry("UHUGEINT", SqlType.decimal(38, 0)),
            Map.entry("FLOAT", SqlType.FLOAT),
            Map.entry("DOUBLE", SqlType.DOUBLE),
            Map.entry("BLOB", SqlType.BINARY),
            Map.entry("DATE", SqlType.DATE),
            Map.entry("TIMESTAMP WITH TIME ZONE", SqlType.TIMESTAMP),
            Map.entry("TIMESTAMP", SqlType.TIMESTAMP_NTZ),
            Map.entry("TIMESTAMP_S", SqlType.TIMESTAMP_NTZ),
            Map.entry("TIMESTAMP_MS", SqlType.TIMESTAMP_NTZ),
            Map.entry("TIMESTAMP_NS", SqlType.TIMESTAMP_NTZ),
            Map.entry("NULL", SqlType.VOID),
            Map.entry("\"NULL\"", SqlType.VOID));

    private final String text;
    private int at;

    private DuckTypes(String text) {
        this.text = text;
    }

    /** Returns the Databricks type of a DuckDB type text such as {@code STRUCT(a INTEGER, b VARCHAR[])}. */
    public static SqlType parse(String text) {
        return new DuckTypes(text).type();
    }

    /** Whether two DuckDB type texts mean the same type, quotes and spaces aside. */
    public static boolean sameText(String a, String b) {
        return a.equals(b) || a.replaceAll("[\" ]", "").equals(b.replaceAll("[\" ]", ""));
    }

    private SqlType type() {
        SqlType type = base();
        while (at < text.length() && text.charAt(at) == '[') {
            at = text.indexOf(']', at) + 1;
            type = SqlType.array(type);
        }
        return type;
    }

    private SqlType base() {
        String word = word();
        if (at < text.length() && text.charAt(at) == '(') {
            return parametrised(word);
        }
        return SIMPLE.getOrDefault(word, SqlType.STRING);
    }

    private SqlType parametrised(String word) {
        at++;
        switch (word) {
            case "DECIMAL" -> {
                String[] digits = until(')').split(",");
                return SqlType.decimal(Integer.parseInt(digits[0].trim()), Integer.parseInt(digits[1].trim()));
            }
            case "MAP" -> {
                SqlType key = type();
                at += 2;
                SqlType value = type();
                at++;
                return SqlType.map(key, value);
            }
            case "STRUCT" -> {
                return struct();
            }
            default -> {
                until(')');
                return SqlType.STRING;
            }
        }
    }

    private SqlType struct() {
        List<SqlType.Field> fields = new ArrayList<>();
        do {
            if (text.charAt(at) == ' ') {
                at++;
            }
            String name = name();
            at++;
            fields.add(new SqlType.Field(name, type()));
        } while (text.charAt(at++) == ',');
        return SqlType.struct(fields);
    }

    private String name() {
        if (text.charAt(at) != '"') {
            int end = text.indexOf(' ', at);
            String name = text.substring(at, end);
            at = end;
            return name;
        }
        StringBuilder name = new StringBuilder();
        for (at++; text.charAt(at) != '"' || next() == '"'; at++) {
            if (text.charAt(at) == '"') {
                at++;
            }
            name.append(text.charAt(at));
        }
        at++;
        return name.toString();
    }

    private char next() {
        return at + 1 < text.length() ? text.charAt(at + 1) : 0;
    }

    private String word() {
        int start = at;
        while (at < text.length() && "([,)".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at).trim().toUpperCase(Locale.ROOT);
    }

    private String until(char end) {
        int stop = text.indexOf(end, at);
        String part = text.substring(at, stop);
        at = stop + 1;
        return part;
    }
}
