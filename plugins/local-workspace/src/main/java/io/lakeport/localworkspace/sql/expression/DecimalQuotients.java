package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.SqlType;

/** Exact quotients of decimals, which DuckDB itself divides as DOUBLE. */
final class DecimalQuotients {
    /** Digits for which twice the number and one more of its size are sure to fit a BIGINT, and a HUGEINT. */
    private static final int LONG_DIGITS = 17;

    private static final int HUGE_DIGITS = 37;

    /** DuckDB keeps sums and products of decimals up to this precision within it, and fails beyond. */
    static final int NARROW_DIGITS = 18;

    private DecimalQuotients() {}

    /** Returns DuckDB SQL of {@code l / r}, rounded half up to the type; NULL when the divisor is zero. */
    static String sql(String l, SqlType a, String r, SqlType b, SqlType type) {
        int shift = type.scale() - a.scale() + b.scale();
        int digits = Math.max(a.precision() + shift, b.precision());
        boolean fits = digits <= HUGE_DIGITS
                && wide(a.precision()) + a.scale() + 1 <= SqlType.MAX_PRECISION
                && wide(b.precision()) + b.scale() + 1 <= SqlType.MAX_PRECISION
                && wide(type.precision()) + type.scale() <= SqlType.MAX_PRECISION;
        if (!fits) {
            return "CAST(lp_decimal_quotient(" + l + ", " + r + ", " + shift + ", " + type.scale() + ") AS "
                    + type.duck() + ")";
        }
        // Whole numbers all the way: texts, which the macro goes through, take a hundred times as long.
        String whole = digits <= LONG_DIGITS ? "BIGINT" : "HUGEINT";
        String dividend = "CAST(1" + "0".repeat(shift) + " AS " + whole + ") * " + unscaled(l, a, whole);
        String quotient = "lp_half_up(" + dividend + ", " + unscaled(r, b, whole) + ")";
        String places = decimal("0." + "0".repeat(type.scale() - 1) + "1", type.scale(), type.scale());
        return "CAST(" + widened(quotient, SqlType.decimal(type.precision(), 0), type.scale()) + " * " + places + " AS "
                + type.duck() + ")";
    }

    private static String unscaled(String sql, SqlType type, String whole) {
        if (type.scale() == 0) {
            return "CAST(" + sql + " AS " + whole + ")";
        }
        String factor = decimal("1" + "0".repeat(type.scale()), type.scale() + 1, 0);
        return "CAST(" + widened(sql, type, type.scale() + 1) + " * " + factor + " AS " + whole + ")";
    }

    /** Returns the decimal in a type whose product with one of that many digits DuckDB does not cut to 18 digits. */
    private static String widened(String sql, SqlType type, int by) {
        int precision = type.precision() + by > NARROW_DIGITS ? wide(type.precision()) : type.precision();
        return decimal(sql, precision, type.scale());
    }

    private static int wide(int precision) {
        return Math.max(NARROW_DIGITS + 1, precision);
    }

    private static String decimal(String sql, int precision, int scale) {
        return "CAST(" + sql + " AS DECIMAL(" + precision + "," + scale + "))";
    }
}
