package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;

/** Conversions between types as ANSI mode does them, printed as DuckDB SQL. */
public final class Casts {
    private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

    private Casts() {}

    /** Returns the expression cast because the statement says so; {@code lenient} is TRY_CAST. */
    static Expr explicit(Expr e, SqlType type, boolean lenient) {
        boolean nullable = e.nullable() || lenient;
        if (type.kind().isNested()) {
            // Spark's names leave out casts to nested types.
            return new Expr(sql(e, type, lenient), type, nullable, e.pretty(), e.name(), null);
        }
        String pretty = (lenient ? "TRY_CAST(" : "CAST(") + e.pretty() + " AS " + type.text() + ")";
        // Spark names the cast of a column, or of a part of one, by that.
        boolean isColumn = e.constant() == null && isPlainName(e);
        String name = isColumn && !lenient ? e.name() : pretty;
        return new Expr(sql(e, type, lenient), type, nullable, pretty, name, null);
    }

    private static boolean isPlainName(Expr e) {
        return e.name().equals(e.pretty()) && e.sql().endsWith("\"") && !e.sql().startsWith("(")
                || e.type().is(Kind.VARIANT) && !e.name().equals(e.pretty());
    }

    /** Returns DuckDB SQL that converts the expression. */
    static String sql(Expr e, SqlType to, boolean lenient) {
        SqlType from = e.type();
        if (from.equals(to)) {
            return e.sql();
        }
        if (from.is(Kind.VOID)) {
            return "CAST(NULL AS " + to.duck() + ")";
        }
        if (to.is(Kind.VARIANT)) {
            return "CAST(to_json(" + e.sql() + ") AS VARCHAR)";
        }
        if (from.is(Kind.VARIANT)) {
            return ofVariant(e, to, lenient);
        }
        CastRules.check(e, to);
        return converted(e.sql(), from, to, lenient, 0);
    }

    private static String ofVariant(Expr e, SqlType to, boolean lenient) {
        Expr text = e.converted("json_extract_string(" + e.sql() + ", '$')", SqlType.STRING);
        return to.kind().isNested()
                ? "CAST(CAST(" + e.sql() + " AS JSON) AS " + to.duck() + ")"
                : sql(text, to, lenient);
    }

    private static String converted(String sql, SqlType from, SqlType to, boolean lenient, int depth) {
        if (from.equals(to)) {
            return sql;
        }
        if (from.is(Kind.VOID)) {
            return "CAST(NULL AS " + to.duck() + ")";
        }
        if (to.is(Kind.STRING)) {
            return ValueTexts.of(sql, from, depth);
        }
        if (to.kind().isNested()) {
            return nested(sql, from, to, lenient, depth);
        }
        return from.is(Kind.STRING) ? fromText(sql, to, lenient) : plain(sql, from, to, lenient);
    }

    /** Every part is converted by its own rules. */
    private static String nested(String sql, SqlType from, SqlType to, boolean lenient, int depth) {
        String item = "lp_c" + depth;
        String parts = switch (to.kind()) {
            case ARRAY ->
                "list_transform(" + sql + ", lambda " + item + ": "
                        + converted(item, from.element(), to.element(), lenient, depth + 1) + ")";
            case MAP ->
                "map_from_entries(list_transform(map_entries(" + sql + "), lambda " + item + ": struct_pack(\"key\" := "
                        + converted("struct_extract(" + item + ", 'key')", from.key(), to.key(), lenient, depth + 1)
                        + ", \"value\" := "
                        + converted(
                                "struct_extract(" + item + ", 'value')", from.value(), to.value(), lenient, depth + 1)
                        + ")))";
            default -> struct(sql, from, to, lenient, depth);
        };
        return "CAST(" + parts + " AS " + to.duck() + ")";
    }

    private static String struct(String sql, SqlType from, SqlType to, boolean lenient, int depth) {
        StringBuilder out = new StringBuilder("CASE WHEN " + sql + " IS NULL THEN NULL ELSE struct_pack(");
        for (int i = 0; i < to.fields().size(); i++) {
            SqlType.Field f = from.fields().get(i);
            String part = "struct_extract(" + sql + ", " + Identifiers.literal(f.name()) + ")";
            out.append(i == 0 ? "" : ", ")
                    .append(Identifiers.duck(to.fields().get(i).name()))
                    .append(" := ")
                    .append(converted(part, f.type(), to.fields().get(i).type(), lenient, depth + 1));
        }
        return out.append(") END").toString();
    }

    private static String fromText(String sql, SqlType to, boolean lenient) {
        if (to.is(Kind.BINARY)) {
            return "encode(" + sql + ")";
        }
        String parsed = parsed(sql, to, lenient);
        if (lenient) {
            return "(" + parsed + ")";
        }
        return "coalesce(" + parsed + ", CASE WHEN " + sql + " IS NOT NULL THEN CAST(lp_malformed(" + sql + ", "
                + Identifiers.literal(to.text()) + ") AS " + to.duck() + ") END)";
    }

    private static String parsed(String sql, SqlType to, boolean lenient) {
        String type = to.duck();
        return switch (to.kind()) {
            case BYTE, SHORT, INT, LONG ->
                "CASE WHEN regexp_full_match(" + sql + ", '\\s*[+-]?[0-9]+\\s*') THEN TRY_CAST(" + sql + " AS " + type
                        + ") END";
            case DATE -> "lp_text_date(" + sql + ")";
            case TIMESTAMP, TIMESTAMP_NTZ -> "TRY_CAST(trim(" + sql + ") AS " + type + ")";
            case BOOLEAN -> "TRY_CAST(trim(" + sql + ") AS BOOLEAN)";
            case FLOAT, DOUBLE ->
                "TRY_CAST(regexp_replace(trim(" + sql + "), '([0-9.])[dDfF]$', '\\1') AS " + type + ")";
            case DECIMAL -> {
                String fitted =
                        "CAST(lpj_number(" + sql + ", " + to.precision() + ", " + to.scale() + ") AS " + type + ")";
                yield "CASE WHEN regexp_full_match(trim(" + sql + "), '" + NUMBER + "') THEN "
                        + (lenient ? "TRY(" + fitted + ")" : fitted) + " END";
            }
            case INTERVAL_YM, INTERVAL_DT ->
                "CAST(lpj_read_interval(" + sql + ", " + to.precision() + ", " + to.scale() + ") AS " + type + ")";
            default -> "TRY_CAST(" + sql + " AS " + type + ")";
        };
    }

    private static String plain(String sql, SqlType from, SqlType to, boolean lenient) {
        String cast = lenient ? "TRY_CAST(" : "CAST(";
        if (from.kind().isInterval() && to.kind().isNumeric()) {
            return cast + sql + " // " + IntervalUnit.values()[from.scale()].size() + " AS " + to.duck() + ")";
        }
        if (to.kind().isInterval() && from.kind().isNumeric()) {
            return cast + sql + " * " + IntervalUnit.values()[to.scale()].size() + " AS " + to.duck() + ")";
        }
        if (to.kind().isIntegral() && (from.kind().isFractional() || from.is(Kind.DECIMAL))) {
            return cast + "trunc(" + sql + ") AS " + to.duck() + ")";
        }
        if (from.is(Kind.TIMESTAMP) && to.kind().isNumeric()) {
            String seconds = "(epoch_us(" + sql + ") / 1000000.0)";
            return to.kind().isIntegral()
                    ? cast + "floor(" + seconds + ") AS " + to.duck() + ")"
                    : cast + seconds + " AS " + to.duck() + ")";
        }
        if (to.is(Kind.TIMESTAMP) && from.kind().isNumeric()) {
            return "make_timestamptz(CAST(trunc(CAST(" + sql + " AS DECIMAL(38,6)) * 1000000) AS BIGINT))";
        }
        return cast + sql + " AS " + to.duck() + ")";
    }
}
