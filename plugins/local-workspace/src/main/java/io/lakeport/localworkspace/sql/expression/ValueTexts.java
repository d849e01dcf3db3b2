package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The text that a value has when it is cast to STRING, and its JSON. */
final class ValueTexts {
    private ValueTexts() {}

    static String of(String sql, SqlType from, int depth) {
        String item = "lp_t" + depth;
        return switch (from.kind()) {
            case TIMESTAMP -> "CAST(CAST(" + sql + " AS TIMESTAMP) AS VARCHAR)";
            case DOUBLE -> "lpj_double_text(" + sql + ")";
            case FLOAT -> "lpj_float_text(" + sql + ")";
            case BINARY -> "lpj_lenient(hex(" + sql + "))";
            case INTERVAL_YM, INTERVAL_DT ->
                "lpj_interval(CAST(" + sql + " AS BIGINT), " + from.precision() + ", " + from.scale() + ")";
            case VOID -> "CAST(NULL AS VARCHAR)";
            case ARRAY -> "('[' || " + list(sql, item, of(item, from.element(), depth + 1), ", ") + " || ']')";
            case MAP -> {
                String key = of("struct_extract(" + item + ", 'key')", from.key(), depth + 1);
                String value = of("struct_extract(" + item + ", 'value')", from.value(), depth + 1);
                String entry = key + " || ' -> ' || coalesce(" + value + ", 'null')";
                yield "('{' || " + list("map_entries(" + sql + ")", item, entry, ", ") + " || '}')";
            }
            case STRUCT -> struct(sql, from, depth);
            default -> "CAST(" + sql + " AS VARCHAR)";
        };
    }

    private static String list(String sql, String item, String text, String separator) {
        return "array_to_string(list_transform(" + sql + ", lambda " + item + ": coalesce(" + text + ", 'null')), '"
                + separator + "')";
    }

    private static String struct(String sql, SqlType from, int depth) {
        List<String> parts = new ArrayList<>();
        for (SqlType.Field f : from.fields()) {
            String part = "struct_extract(" + sql + ", " + Identifiers.literal(f.name()) + ")";
            parts.add("coalesce(" + of(part, f.type(), depth + 1) + ", 'null')");
        }
        String all = parts.isEmpty() ? "''" : String.join(" || ', ' || ", parts);
        return "CASE WHEN " + sql + " IS NULL THEN NULL ELSE '{' || " + all + " || '}' END";
    }

    /** Returns the JSON of a value; fields that are NULL are left out of objects. */
    static String json(String sql, SqlType type, int depth) {
        String item = "lp_j" + depth;
        return switch (type.kind()) {
            case BOOLEAN, BYTE, SHORT, INT, LONG, DECIMAL, VARIANT -> "CAST(" + sql + " AS VARCHAR)";
            case DOUBLE, FLOAT ->
                "CASE WHEN isfinite(" + sql + ") THEN " + of(sql, type, depth) + " ELSE '\"' || " + of(sql, type, depth)
                        + " || '\"' END";
            case TIMESTAMP ->
                "'\"' || lpj_format_moment(epoch_us(" + sql + "), current_setting('TimeZone'), "
                        + "'yyyy-MM-dd''T''HH:mm:ss.SSSXXX') || '\"'";
            case TIMESTAMP_NTZ ->
                "'\"' || lpj_format_moment(epoch_us(" + sql + "), 'UTC', 'yyyy-MM-dd''T''HH:mm:ss.SSS') || '\"'";
            case BINARY -> "'\"' || to_base64(" + sql + ") || '\"'";
            case ARRAY -> "('[' || " + list(sql, item, json(item, type.element(), depth + 1), ",") + " || ']')";
            case MAP -> {
                String key = of("struct_extract(" + item + ", 'key')", type.key(), depth + 1);
                String value = json("struct_extract(" + item + ", 'value')", type.value(), depth + 1);
                String entry = "CAST(to_json(" + key + ") AS VARCHAR) || ':' || coalesce(" + value + ", 'null')";
                yield "('{' || " + list("map_entries(" + sql + ")", item, entry, ",") + " || '}')";
            }
            case STRUCT -> object(sql, type, depth);
            default -> "CAST(to_json(" + of(sql, type, depth) + ") AS VARCHAR)";
        };
    }

    private static String object(String sql, SqlType type, int depth) {
        List<String> parts = new ArrayList<>();
        for (SqlType.Field f : type.fields()) {
            String part = "struct_extract(" + sql + ", " + Identifiers.literal(f.name()) + ")";
            String name = "CAST(to_json(" + Identifiers.literal(f.name()) + ") AS VARCHAR)";
            parts.add(name + " || ':' || " + json(part, f.type(), depth + 1));
        }
        // concat_ws leaves out what is NULL.
        String all = parts.isEmpty() ? "''" : "concat_ws(',', " + String.join(", ", parts) + ")";
        return "CASE WHEN " + sql + " IS NULL THEN NULL ELSE '{' || " + all + " || '}' END";
    }
}
