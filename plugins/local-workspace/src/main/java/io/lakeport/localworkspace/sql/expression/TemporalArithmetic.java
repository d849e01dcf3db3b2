package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;

/** Operators on dates, timestamps and intervals. Intervals are months or microseconds in DuckDB. */
final class TemporalArithmetic {
    private TemporalArithmetic() {}

    static Expr binary(String op, Expr l, Expr r, String pretty) {
        Expr result = switch (op) {
            case "+" -> plus(l, r, pretty);
            case "-" -> minus(l, r, pretty);
            case "*" -> times(l, r, pretty);
            case "/" -> over(l, r, pretty);
            default -> throw wrong(l, r, pretty);
        };
        return Expr.of(result.sql(), result.type(), l.nullable() || r.nullable(), name(op, l, r, pretty));
    }

    /** Spark shows what it makes of these operators. */
    private static String name(String op, Expr l, Expr r, String pretty) {
        boolean onPoint = !l.type().kind().isInterval() && !isDayCount(l);
        Expr point = onPoint ? l : r;
        Expr by = onPoint ? r : l;
        if (op.equals("*") || op.equals("/")) {
            boolean swapped = !l.type().kind().isInterval();
            return "(" + (swapped ? r : l).pretty() + " " + op + " " + (swapped ? l : r).pretty() + ")";
        }
        if (point.type().kind().isInterval() || !by.type().kind().isInterval() && !isDayCount(by)) {
            return pretty;
        }
        boolean wholeDays = by.type().is(Kind.INTERVAL_DT) && by.type().scale() == IntervalUnit.DAY.ordinal();
        if (point.type().is(Kind.DATE) && (isDayCount(by) || wholeDays)) {
            String days = wholeDays ? "extractansiintervaldays(" + by.pretty() + ")" : by.pretty();
            return (op.equals("+") ? "date_add(" : "date_sub(") + point.pretty() + ", " + days + ")";
        }
        return point.pretty() + " " + op + " " + by.pretty();
    }

    private static Expr plus(Expr l, Expr r, String pretty) {
        if (l.type().kind().isInterval() && r.type().kind().isInterval()) {
            return intervals("+", l, r, pretty);
        }
        return l.type().kind().isInterval() || isDayCount(l) ? shift("+", r, l, pretty) : shift("+", l, r, pretty);
    }

    private static boolean isDayCount(Expr e) {
        return e.type().kind().isIntegral();
    }

    private static Expr minus(Expr l, Expr r, String pretty) {
        if (l.type().kind().isInterval() && r.type().kind().isInterval()) {
            return intervals("-", l, r, pretty);
        }
        if (r.type().kind().isInterval() || isDayCount(r)) {
            return shift("-", l, r, pretty);
        }
        SqlType common = Coercion.common(l.type(), r.type());
        if (common != null && common.is(Kind.DATE)) {
            String days = "(" + Coercion.to(l, common).sql() + " - "
                    + Coercion.to(r, common).sql() + ")";
            String sql = "(CAST(" + days + " AS BIGINT) * " + IntervalUnit.DAY.size() + ")";
            return Expr.of(sql, SqlType.interval(IntervalUnit.DAY, IntervalUnit.DAY), true, "");
        }
        if (common != null && common.kind().isTimestamp()) {
            // Spark subtracts what clocks on the wall show, so an hour that daylight saving skips does not count.
            String sql = "(" + wallMicros(Coercion.to(l, common)) + " - " + wallMicros(Coercion.to(r, common)) + ")";
            return Expr.of(sql, Arithmetic.dayToSecond(), true, "");
        }
        throw wrong(l, r, pretty);
    }

    private static Expr intervals(String op, Expr l, Expr r, String pretty) {
        SqlType common = Coercion.common(l.type(), r.type());
        if (common == null) {
            throw unexpected(l, r, pretty);
        }
        return Expr.of("(" + l.sql() + " " + op + " " + r.sql() + ")", common, true, "");
    }

    /** Moves a date or timestamp by an interval, or a date by days. */
    private static Expr shift(String op, Expr point, Expr by, String pretty) {
        Expr at = point.type().is(Kind.STRING) ? Coercion.to(point, SqlType.TIMESTAMP) : point;
        SqlType type = at.type();
        if (type.is(Kind.DATE) && isDayCount(by)) {
            return Expr.of(
                    "(" + at.sql() + " " + op + " "
                            + Coercion.to(by, SqlType.INT).sql() + ")",
                    type,
                    true,
                    "");
        }
        if (by.type().is(Kind.INTERVAL_YM) && (type.is(Kind.DATE) || type.kind().isTimestamp())) {
            String sql = "(" + at.sql() + " " + op + " to_months(" + by.sql() + "))";
            return Expr.of(type.is(Kind.DATE) ? "CAST(" + sql + " AS DATE)" : sql, type, true, "");
        }
        if (!by.type().is(Kind.INTERVAL_DT)) {
            throw unexpected(point, by, pretty);
        }
        if (type.is(Kind.DATE) && by.type().scale() == IntervalUnit.DAY.ordinal()) {
            String days = "CAST(" + by.sql() + " // " + IntervalUnit.DAY.size() + " AS INTEGER)";
            return Expr.of("(" + at.sql() + " " + op + " " + days + ")", type, true, "");
        }
        Expr moment = type.is(Kind.DATE) ? Coercion.to(at, SqlType.TIMESTAMP) : at;
        return Expr.of(moved(moment, op, by.sql()), moment.type(), true, "");
    }

    /** Whole days are days of the calendar in the session's zone, what is left over is exact time, as in Spark. */
    private static String moved(Expr moment, String op, String micros) {
        // Microseconds are added as numbers: DuckDB's own sum of a time with zone and an interval asks a calendar.
        if (!moment.type().is(Kind.TIMESTAMP)) {
            return "make_timestamp(epoch_us(" + moment.sql() + ") " + op + " " + micros + ")";
        }
        boolean underADay = micros.matches("-?\\d{1,18}") && Math.abs(Long.parseLong(micros)) < IntervalUnit.DAY.size();
        if (underADay) {
            return "make_timestamptz(epoch_us(" + moment.sql() + ") " + op + " " + micros + ")";
        }
        String day = String.valueOf(IntervalUnit.DAY.size());
        String days = "(" + moment.sql() + " " + op + " to_days(CAST((" + micros + ") // " + day + " AS INTEGER)))";
        return "make_timestamptz(epoch_us(" + days + ") " + op + " ((" + micros + ") % " + day + "))";
    }

    private static String wallMicros(Expr moment) {
        return moment.type().is(Kind.TIMESTAMP)
                ? "epoch_us(CAST(" + moment.sql() + " AS TIMESTAMP))"
                : "epoch_us(" + moment.sql() + ")";
    }

    private static Expr times(Expr l, Expr r, String pretty) {
        Expr interval = l.type().kind().isInterval() ? l : r;
        Expr factor = interval == l ? r : l;
        if (!factor.type().kind().isNumeric()) {
            throw wrong(l, r, pretty);
        }
        return scaled(interval, "*", factor);
    }

    private static Expr over(Expr l, Expr r, String pretty) {
        if (!l.type().kind().isInterval() || !r.type().kind().isNumeric()) {
            throw wrong(l, r, pretty);
        }
        return scaled(l, "/", r);
    }

    private static Expr scaled(Expr interval, String op, Expr factor) {
        SqlType type = interval.type().is(Kind.INTERVAL_YM)
                ? SqlType.interval(IntervalUnit.YEAR, IntervalUnit.MONTH)
                : Arithmetic.dayToSecond();
        String by = factor.type().is(Kind.DECIMAL)
                ? Coercion.to(factor, SqlType.DOUBLE).sql()
                : factor.sql();
        String divisor = op.equals("/") ? "CASE WHEN " + by + " = 0 THEN lp_interval_zero() ELSE " + by + " END" : by;
        String product = interval.sql() + " " + op + " " + divisor;
        boolean whole = op.equals("*") && factor.type().kind().isIntegral();
        String sql = "CAST(" + (whole ? product : "round(" + product + ")") + " AS " + type.duck() + ")";
        return Expr.of(sql, type, true, "");
    }

    private static RuntimeException unexpected(Expr l, Expr r, String pretty) {
        return SqlErrors.mismatch(
                pretty,
                "The operator does not take the types \"" + l.type().text() + "\" and \""
                        + r.type().text() + "\"");
    }

    private static RuntimeException wrong(Expr l, Expr r, String pretty) {
        return SqlErrors.of(
                "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                "42K09",
                "Cannot resolve \"" + pretty
                        + "\" due to data type mismatch: the left and right operands of the binary "
                        + "operator have incompatible types (\"" + l.type().text() + "\" and \""
                        + r.type().text() + "\").");
    }
}
