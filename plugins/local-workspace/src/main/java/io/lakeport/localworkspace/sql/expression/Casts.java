package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;

/** Conversions between types as ANSI mode does them, printed as DuckDB SQL. */
public final class Casts {
    private Casts() {}

    /** Returns the expression cast because the statement says so; {@code lenient} is TRY_CAST. */
    static Expr explicit(Expr e, SqlType type, boolean lenient) {
        String pretty = (lenient ? "TRY_CAST(" : "CAST(") + e.pretty() + " AS " + type.text() + ")";
        // Spark names the cast of a column by the column.
        boolean isColumn = e.constant() == null && e.name().equals(e.pretty()) && isPlainName(e);
        String name = isColumn && !lenient ? e.name() : pretty;
        return new Expr(sql(e, type, lenient), type, e.nullable() || lenient, pretty, name, null);
    }

    private static boolean isPlainName(Expr e) {
        return e.sql().endsWith("\"") && !e.sql().startsWith("(");
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
            Expr text = e.converted("json_extract_string(" + e.sql() + ", '$')", SqlType.STRING);
            return to.kind().isNested()
                    ? "CAST(CAST(" + e.sql() + " AS JSON) AS " + to.duck() + ")"
                    : sql(text, to, lenient);
        }
        check(e, to);
        if (to.is(Kind.STRING)) {
            return text(e.sql(), from);
        }
        return from.is(Kind.STRING) ? fromText(e.sql(), to, lenient) : plain(e.sql(), from, to, lenient);
    }

    private static void check(Expr e, SqlType to) {
        Kind from = e.type().kind();
        boolean wrong = from.isNested() != to.kind().isNested() && !to.is(Kind.STRING)
                || from.isInterval() && to.kind() != from && !to.is(Kind.STRING)
                || to.kind().isInterval() && from != to.kind()
                || from == Kind.DATE && (to.kind().isNumeric() || to.is(Kind.BOOLEAN))
                || to.is(Kind.DATE) && (from.isNumeric() || from == Kind.BOOLEAN)
                || from == Kind.BINARY && !to.is(Kind.STRING)
                || to.is(Kind.BINARY) && from != Kind.STRING
                || from == Kind.TIMESTAMP_NTZ && to.kind().isNumeric();
        if (wrong) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
                    "42K09",
                    "Cannot resolve \"CAST(" + e.pretty() + " AS " + to.text()
                            + ")\" due to data type mismatch: cannot cast \""
                            + e.type().text() + "\" to \""
                            + to.text() + "\".");
        }
    }

    private static String text(String sql, SqlType from) {
        return switch (from.kind()) {
            case TIMESTAMP -> "CAST(CAST(" + sql + " AS TIMESTAMP) AS VARCHAR)";
            case DOUBLE, FLOAT -> "lp_double_text(" + sql + ")";
            case BINARY -> "decode(" + sql + ")";
            case ARRAY ->
                "('[' || array_to_string(list_transform(" + sql + ", lambda lp_e: coalesce("
                        + text("lp_e", from.element()) + ", 'null')), ', ') || ']')";
            case MAP, STRUCT, INTERVAL_YM, INTERVAL_DT ->
                throw SqlErrors.unsupported("the cast of " + from.text() + " to STRING");
            default -> "CAST(" + sql + " AS VARCHAR)";
        };
    }

    private static String fromText(String sql, SqlType to, boolean lenient) {
        if (to.is(Kind.BINARY)) {
            return "encode(" + sql + ")";
        }
        String parsed = switch (to.kind()) {
            case BYTE, SHORT, INT, LONG ->
                "CASE WHEN regexp_full_match(" + sql + ", '\\s*[+-]?[0-9]+\\s*') THEN TRY_CAST(" + sql + " AS "
                        + to.duck() + ") END";
            case DATE -> "lp_text_date(" + sql + ")";
            case TIMESTAMP, TIMESTAMP_NTZ -> "TRY_CAST(trim(" + sql + ") AS " + to.duck() + ")";
            default -> "TRY_CAST(" + sql + " AS " + to.duck() + ")";
        };
        if (lenient) {
            return "(" + parsed + ")";
        }
        return "coalesce(" + parsed + ", CASE WHEN " + sql + " IS NOT NULL THEN CAST(lp_malformed(" + sql + ", "
                + Identifiers.literal(to.text()) + ") AS " + to.duck() + ") END)";
    }

    private static String plain(String sql, SqlType from, SqlType to, boolean lenient) {
        String cast = lenient ? "TRY_CAST(" : "CAST(";
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
        if (to.kind().isNested() && !to.followsFromDuck()) {
            throw SqlErrors.unsupported("the cast of " + from.text() + " to " + to.text());
        }
        return cast + sql + " AS " + to.duck() + ")";
    }
}
