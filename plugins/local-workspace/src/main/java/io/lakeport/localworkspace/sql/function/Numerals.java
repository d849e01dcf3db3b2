package io.lakeport.localworkspace.sql.function;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Functions of numbers. */
public final class Numerals {
    private Numerals() {}

    /** Rounds half away from zero as the number is printed. */
    public static double round(double value, int scale) {
        return rounded(value, scale, RoundingMode.HALF_UP);
    }

    /** Rounds half to even as the number is printed. */
    public static double bround(double value, int scale) {
        return rounded(value, scale, RoundingMode.HALF_EVEN);
    }

    private static double rounded(double value, int scale, RoundingMode mode) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? value
                : BigDecimal.valueOf(value).setScale(scale, mode).doubleValue();
    }

    /** Rounds up or down to so many decimals, negative ones being tens. */
    public static String scaled(String number, int scale, boolean up) {
        BigDecimal rounded = new BigDecimal(number).setScale(scale, up ? RoundingMode.CEILING : RoundingMode.FLOOR);
        return rounded.toPlainString();
    }

    /** Returns an elementary function of Java's {@code StrictMath}, whose last digits differ from the C library's. */
    public static double function(String name, double x) {
        return switch (name) {
            case "exp" -> StrictMath.exp(x);
            case "expm1" -> StrictMath.expm1(x);
            case "log1p" -> StrictMath.log1p(x);
            case "ln" -> StrictMath.log(x);
            case "log10" -> StrictMath.log10(x);
            case "log2" -> StrictMath.log(x) / StrictMath.log(2);
            case "cbrt" -> StrictMath.cbrt(x);
            case "sin" -> StrictMath.sin(x);
            case "cos" -> StrictMath.cos(x);
            case "tan" -> StrictMath.tan(x);
            case "cot" -> 1 / StrictMath.tan(x);
            case "sec" -> 1 / StrictMath.cos(x);
            case "csc" -> 1 / StrictMath.sin(x);
            case "asin" -> StrictMath.asin(x);
            case "acos" -> StrictMath.acos(x);
            case "atan" -> StrictMath.atan(x);
            case "sinh" -> StrictMath.sinh(x);
            case "cosh" -> StrictMath.cosh(x);
            case "tanh" -> StrictMath.tanh(x);
            case "degrees" -> Math.toDegrees(x);
            case "radians" -> Math.toRadians(x);
            case "rint" -> StrictMath.rint(x);
            default -> inverse(name, x);
        };
    }

    private static double inverse(String name, double x) {
        return switch (name) {
            case "asinh" -> x == Double.NEGATIVE_INFINITY ? x : StrictMath.log(x + Math.sqrt(x * x + 1.0));
            case "acosh" -> StrictMath.log(x + StrictMath.sqrt(x * x - 1.0));
            case "atanh" -> 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Returns the product of two decimals with so many digits. */
    public static String product(String a, String b, int precision, int scale) {
        return fit(new BigDecimal(a).multiply(new BigDecimal(b)), precision, scale);
    }

    /** Returns a number in a DECIMAL type. */
    public static String fit(String number, int precision, int scale) {
        return fit(new BigDecimal(number.trim()), precision, scale);
    }

    private static String fit(BigDecimal value, int precision, int scale) {
        BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision) {
            throw outOfRange(value, precision, scale);
        }
        return rounded.toPlainString();
    }

    private static RuntimeException outOfRange(BigDecimal value, int precision, int scale) {
        return SqlErrors.of(
                "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
                "22003",
                "The " + value.toPlainString() + " cannot be represented as Decimal(" + precision + ", " + scale
                        + "). If necessary set \"ansi_mode\" to \"false\" to bypass this error, and return NULL instead.");
    }
}
