package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Locale;

/** Parts of dates, and adding and subtracting them by unit. */
final class Dates {
    private Dates() {}

    static Expr extract(String field, Expr source) {
        String unit = field.toUpperCase(Locale.ROOT).replaceAll("S$", "");
        String pretty = "extract(" + field + " FROM " + source.pretty() + ")";
        if (source.type().kind().isInterval()) {
            return fromInterval(unit, source, pretty);
        }
        Expr at = moment(source);
        if (unit.equals("SECOND")) {
            String sql = "CAST((date_part('second', " + at.sql() + ") * 1000000 + date_part('microsecond', " + at.sql()
                    + ") % 1000000) / 1000000 AS DECIMAL(8,6))";
            return Expr.of(sql, SqlType.decimal(8, 6), source.nullable(), pretty);
        }
        String part = switch (unit) {
            case "DOW", "DAYOFWEEK" -> "dayofweek(" + at.sql() + ") + 1";
            case "DOW_ISO", "DAYOFWEEK_ISO" -> "isodow(" + at.sql() + ")";
            case "DOY", "DAYOFYEAR" -> "dayofyear(" + at.sql() + ")";
            case "YEAROFWEEK" -> "isoyear(" + at.sql() + ")";
            case "YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE" ->
                "date_part('" + unit.toLowerCase(Locale.ROOT) + "', " + at.sql() + ")";
            default ->
                throw SqlErrors.of(
                        "INVALID_EXTRACT_FIELD",
                        "42601",
                        "Cannot extract `" + field + "` from \"" + source.pretty() + "\".");
        };
        return Expr.of("CAST(" + part + " AS INTEGER)", SqlType.INT, source.nullable(), pretty);
    }

    private static Expr fromInterval(String unit, Expr source, String pretty) {
        IntervalUnit u = IntervalUnit.valueOf(unit);
        long above = u == IntervalUnit.MONTH ? 12 : u.ordinal() > 2 ? IntervalUnit.values()[u.ordinal() - 1].size() : 0;
        String within = above == 0 ? source.sql() : "(" + source.sql() + " % " + above + ")";
        if (u == IntervalUnit.SECOND) {
            return Expr.of(
                    "CAST(" + within + " / 1000000 AS DECIMAL(8,6))", SqlType.decimal(8, 6), source.nullable(), pretty);
        }
        boolean small = u == IntervalUnit.MONTH || u == IntervalUnit.HOUR || u == IntervalUnit.MINUTE;
        SqlType type = small ? SqlType.BYTE : SqlType.INT;
        String sql = "CAST(" + within + " // " + u.size() + " AS " + type.duck() + ")";
        return Expr.of(sql, type, source.nullable(), pretty);
    }

    /** Returns dates and timestamps as they are, strings as timestamps. */
    static Expr moment(Expr e) {
        boolean fits = e.type().is(Kind.DATE) || e.type().kind().isTimestamp();
        return fits ? e : Coercion.to(e, SqlType.TIMESTAMP);
    }

    static Expr add(String unitText, Expr amount, Expr point) {
        String unit = unit(unitText);
        Expr at = moment(point);
        String n = "CAST(" + Coercion.to(amount, SqlType.LONG).sql() + " AS INTEGER)";
        Expr base = at.type().is(Kind.DATE) ? Coercion.to(at, SqlType.TIMESTAMP) : at;
        String step = switch (unit) {
            case "DAYOFYEAR" -> "to_days(" + n + ")";
            case "QUARTER" -> "to_months(3 * " + n + ")";
            default -> "to_" + unit.toLowerCase(Locale.ROOT) + "s(" + n + ")";
        };
        String sql = "(" + base.sql() + " + " + step + ")";
        String pretty = "timestampadd(" + unitText.toUpperCase(Locale.ROOT) + ", " + amount.pretty() + ", "
                + point.pretty() + ")";
        return Expr.of(sql, base.type(), amount.nullable() || point.nullable(), pretty);
    }

    static Expr difference(String unitText, Expr start, Expr end) {
        String unit = unit(unitText);
        String from = Coercion.to(start, SqlType.TIMESTAMP).sql();
        String to = Coercion.to(end, SqlType.TIMESTAMP).sql();
        String part = unit.equals("DAYOFYEAR") ? "day" : unit.toLowerCase(Locale.ROOT);
        // Whole units that have passed, not boundaries that were crossed.
        boolean months = unit.equals("MONTH") || unit.equals("QUARTER") || unit.equals("YEAR");
        String sql = months
                ? "lpj_months(epoch_us(CAST(" + from + " AS TIMESTAMP)), epoch_us(CAST(" + to + " AS TIMESTAMP))) // "
                        + (unit.equals("MONTH") ? 1 : unit.equals("QUARTER") ? 3 : 12)
                : "date_sub('" + part + "', " + from + ", " + to + ")";
        String pretty = "timestampdiff(" + unitText.toUpperCase(Locale.ROOT) + ", " + start.pretty() + ", "
                + end.pretty() + ")";
        return Expr.of(sql, SqlType.LONG, start.nullable() || end.nullable(), pretty);
    }

    private static String unit(String text) {
        if (text.startsWith("'") || text.startsWith("\"")) {
            throw SqlErrors.of(
                    "INVALID_PARAMETER_VALUE.DATETIME_UNIT",
                    "22023",
                    "The value of parameter(s) `unit` is invalid: expects one of the units without quotes YEAR, QUARTER, "
                            + "MONTH, WEEK, DAY, DAYOFYEAR, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, but got the "
                            + "string literal " + text + ".");
        }
        return text.toUpperCase(Locale.ROOT);
    }
}
