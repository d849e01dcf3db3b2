package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Binary and unary operators with Spark's result types. */
final class Arithmetic {
    private static final Map<Kind, String> LEAST = Map.of(
            Kind.BYTE, String.valueOf(Byte.MIN_VALUE),
            Kind.SHORT, String.valueOf(Short.MIN_VALUE),
            Kind.INT, String.valueOf(Integer.MIN_VALUE),
            Kind.LONG, String.valueOf(Long.MIN_VALUE));
    private static final String NEGATION_OVERFLOW = "[ARITHMETIC_OVERFLOW] The negation overflows its type. Use"
            + " ''try_subtract'' to tolerate overflow and return NULL instead. SQLSTATE: 22003";

    private static final int MIN_DIVISION_SCALE = 6;

    private Arithmetic() {}

    static Expr binary(String operator, Expr l, Expr r) {
        String op = operator.toLowerCase(Locale.ROOT);
        String pretty = "(" + l.pretty() + " " + op + " " + r.pretty() + ")";
        boolean nullable = l.nullable() || r.nullable();
        if (op.equals("||")) {
            return Concatenation.concat(List.of(l, r));
        }
        if (op.equals("&") || op.equals("|") || op.equals("^")) {
            return bitwise(op, l, r, pretty);
        }
        if (isTemporal(l) || isTemporal(r)) {
            return TemporalArithmetic.binary(op, l, r, pretty);
        }
        SqlType common = operandType(op, l, r);
        Expr left = typed(l, r);
        Expr right = typed(r, l);
        Expr result = switch (op) {
            case "+", "-", "*" -> sum(op, left, right, common);
            case "/" -> divide(left, right, common);
            case "%" -> remainder(left, right, common);
            case "div" -> wholeDivision(left, right, common);
            default -> throw SqlErrors.unsupported("the operator " + operator);
        };
        return Expr.of(result.sql(), result.type(), nullable, pretty);
    }

    /** A NULL takes the type of a DECIMAL beside it. */
    private static Expr typed(Expr e, Expr other) {
        boolean follows = e.type().is(Kind.VOID) && other.type().is(Kind.DECIMAL);
        return follows ? Coercion.to(e, other.type()) : e;
    }

    private static boolean isTemporal(Expr e) {
        Kind k = e.type().kind();
        return k == Kind.DATE || k.isTimestamp() || k.isInterval();
    }

    private static SqlType operandType(String op, Expr l, Expr r) {
        SqlType left = l.type().is(Kind.VOID) && r.type().is(Kind.VOID) ? SqlType.DOUBLE : l.type();
        SqlType common = Coercion.common(left, r.type());
        if (common != null && common.is(Kind.STRING)) {
            boolean bothText = l.type().is(Kind.STRING) && r.type().is(Kind.STRING);
            if (bothText) {
                throw SqlErrors.of(
                        "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
                        "42K09",
                        "Cannot resolve \"(" + l.pretty() + " " + op + " " + r.pretty()
                                + ")\" due to data type mismatch: "
                                + "the binary operator requires the input type (\"NUMERIC\"), not \"STRING\".");
            }
            common = SqlType.DOUBLE;
        }
        if (common == null || !common.kind().isNumeric()) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                    "42K09",
                    "Cannot resolve \"(" + l.pretty() + " " + op + " " + r.pretty()
                            + ")\" due to data type mismatch: the left and right operands of the binary operator have "
                            + "incompatible types (\"" + l.type().text() + "\" and \""
                            + r.type().text() + "\").");
        }
        return common;
    }

    private static Expr sum(String op, Expr l, Expr r, SqlType common) {
        if (!common.is(Kind.DECIMAL)) {
            String sql = "(" + Coercion.to(l, common).sql() + " " + op + " "
                    + Coercion.to(r, common).sql() + ")";
            return Expr.of(sql, common, true, "");
        }
        SqlType a = Coercion.asDecimal(l);
        SqlType b = Coercion.asDecimal(r);
        int scale = op.equals("*") ? a.scale() + b.scale() : Math.max(a.scale(), b.scale());
        int precision = op.equals("*")
                ? a.precision() + b.precision() + 1
                : Math.max(a.precision() - a.scale(), b.precision() - b.scale()) + scale + 1;
        SqlType type = SqlType.decimal(precision, scale);
        String left = Coercion.to(l, a).sql();
        if (op.equals("*") && precision > SqlType.MAX_PRECISION) {
            String product = "lpj_product(CAST(" + left + " AS VARCHAR), CAST("
                    + Coercion.to(r, b).sql() + " AS VARCHAR), " + type.precision() + ", " + type.scale() + ")";
            return Expr.of("CAST(" + product + " AS " + type.duck() + ")", type, true, "");
        }
        if (precision > DecimalQuotients.NARROW_DIGITS && a.precision() <= DecimalQuotients.NARROW_DIGITS) {
            left = "CAST(" + left + " AS DECIMAL(" + (DecimalQuotients.NARROW_DIGITS + 1) + "," + a.scale() + "))";
        }
        String sql = "CAST((" + left + " " + op + " " + Coercion.to(r, b).sql() + ") AS " + type.duck() + ")";
        return Expr.of(sql, type, true, "");
    }

    private static Expr divide(Expr l, Expr r, SqlType common) {
        if (common.is(Kind.DECIMAL)) {
            SqlType a = Coercion.asDecimal(l);
            SqlType b = Coercion.asDecimal(r);
            SqlType type = quotientType(a, b);
            String quotient = DecimalQuotients.sql(
                    Coercion.to(l, a).sql(), a, Coercion.to(r, b).sql(), b, type);
            String sql = guard(l, r, quotient, "lp_zero()");
            return Expr.of(sql, type, true, "");
        }
        Expr a = Coercion.to(l, SqlType.DOUBLE);
        Expr b = Coercion.to(r, SqlType.DOUBLE);
        return Expr.of(guard(l, r, a.sql() + " / " + b.sql(), "lp_zero()"), SqlType.DOUBLE, true, "");
    }

    /** Returns {@code try_divide}: NULL where division by zero would fail. */
    static Expr tryDivide(Expr l, Expr r) {
        SqlType common = operandType("/", l, r);
        String pretty = "try_divide(" + l.pretty() + ", " + r.pretty() + ")";
        String quotient;
        SqlType type = SqlType.DOUBLE;
        if (common.is(Kind.DECIMAL)) {
            SqlType a = Coercion.asDecimal(l);
            SqlType b = Coercion.asDecimal(r);
            type = quotientType(a, b);
            quotient = DecimalQuotients.sql(
                    Coercion.to(l, a).sql(), a, Coercion.to(r, b).sql(), b, type);
        } else {
            quotient = Coercion.to(l, SqlType.DOUBLE).sql() + " / "
                    + Coercion.to(r, SqlType.DOUBLE).sql();
        }
        return Expr.of(guard(l, r, quotient, "NULL"), type, true, pretty);
    }

    private static SqlType quotientType(SqlType a, SqlType b) {
        int scale = Math.max(MIN_DIVISION_SCALE, a.scale() + b.precision() + 1);
        return SqlType.decimal(a.precision() - a.scale() + b.scale() + scale, scale);
    }

    private static Expr remainder(Expr l, Expr r, SqlType common) {
        SqlType type = common;
        if (common.is(Kind.DECIMAL)) {
            SqlType a = Coercion.asDecimal(l);
            SqlType b = Coercion.asDecimal(r);
            int scale = Math.max(a.scale(), b.scale());
            int whole = Math.min(a.precision() - a.scale(), b.precision() - b.scale());
            type = SqlType.decimal(whole + scale, scale);
        }
        String sql =
                Coercion.to(l, common).sql() + " % " + Coercion.to(r, common).sql();
        String cast = type.equals(common) ? sql : "CAST(" + sql + " AS " + type.duck() + ")";
        return Expr.of(guard(l, r, cast, "lp_no_remainder()"), type, true, "");
    }

    private static Expr wholeDivision(Expr l, Expr r, SqlType common) {
        String sql;
        if (common.is(Kind.DECIMAL)) {
            SqlType a = Coercion.asDecimal(l);
            SqlType b = Coercion.asDecimal(r);
            SqlType type = SqlType.decimal(SqlType.MAX_PRECISION, Math.max(a.scale(), b.scale()));
            sql = "lp_unscaled(CAST(" + Coercion.to(l, a).sql() + " AS " + type.duck() + ")) // lp_unscaled(CAST("
                    + Coercion.to(r, b).sql() + " AS " + type.duck() + "))";
        } else if (common.kind().isFractional()) {
            throw SqlErrors.mismatch("div", "the operator div needs whole numbers or decimals");
        } else {
            sql = Coercion.to(l, SqlType.LONG).sql() + " // "
                    + Coercion.to(r, SqlType.LONG).sql();
        }
        return Expr.of("CAST(" + guard(l, r, sql, "lp_zero()") + " AS BIGINT)", SqlType.LONG, true, "");
    }

    /** ANSI mode fails on a zero divisor; a divisor that is a constant other than zero needs no test. */
    private static String guard(Expr dividend, Expr divisor, String sql, String failure) {
        if (divisor.constant() instanceof Number n && n.doubleValue() != 0) {
            return "(" + sql + ")";
        }
        String present = dividend.nullable() ? " AND " + dividend.sql() + " IS NOT NULL" : "";
        return "(CASE WHEN " + divisor.sql() + " = 0" + present + " THEN " + failure + " ELSE " + sql + " END)";
    }

    private static Expr bitwise(String op, Expr l, Expr r, String pretty) {
        SqlType common = Coercion.common(l.type(), r.type());
        if (common == null || !common.kind().isIntegral()) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                    "42K09",
                    "Cannot resolve \"" + pretty
                            + "\" due to data type mismatch: the left and right operands of the binary "
                            + "operator have incompatible types (\"" + l.type().text() + "\" and \""
                            + r.type().text() + "\").");
        }
        String a = Coercion.to(l, common).sql();
        String b = Coercion.to(r, common).sql();
        String sql = op.equals("^") ? "xor(" + a + ", " + b + ")" : "(" + a + " " + op + " " + b + ")";
        return Expr.of(sql, common, l.nullable() || r.nullable(), pretty);
    }

    static Expr unary(String op, Expr e) {
        Expr arg = Primaries.isText(e) ? Coercion.to(e, SqlType.DOUBLE) : e;
        switch (op) {
            case "-" -> {
                return Expr.of(negated(arg), arg.type(), e.nullable(), "(- " + e.pretty() + ")");
            }
            case "+" -> {
                return Expr.of(arg.sql(), arg.type(), e.nullable(), "(+ " + e.pretty() + ")");
            }
            default -> {
                return Expr.of("(~ " + arg.sql() + ")", arg.type(), e.nullable(), "~" + e.pretty());
            }
        }
    }

    /** DuckDB gives the negation of a constant a wider type where it would overflow, which Spark does not. */
    private static String negated(Expr number) {
        String least = LEAST.get(number.type().kind());
        return number.sql().replaceAll("CAST|AS \\w+|[() ]", "").equals(least)
                ? "CAST(error('" + NEGATION_OVERFLOW + "') AS " + number.type().duck() + ")"
                : "(- " + number.sql() + ")";
    }

    /** Returns the interval type from days to seconds. */
    static SqlType dayToSecond() {
        return SqlType.interval(IntervalUnit.DAY, IntervalUnit.SECOND);
    }
}
