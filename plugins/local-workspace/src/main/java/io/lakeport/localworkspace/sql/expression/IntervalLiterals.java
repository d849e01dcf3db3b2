package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.function.Intervals;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Interval literals, as months or microseconds. */
final class IntervalLiterals {
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-])?(\\d+)(?:-(\\d+))?");
    private static final Pattern DAY_TIME =
            Pattern.compile("([+-])?(?:(\\d+)(?:\\s+|$))?(?:(\\d+)(?::(\\d+))?(?::(\\d+(?:\\.\\d+)?))?)?");
    private static final Map<String, Long> SMALL =
            Map.of("WEEK", 7 * 86_400_000_000L, "MILLISECOND", 1000L, "MICROSECOND", 1L);

    private IntervalLiterals() {}

    static Expr of(SqlBaseParser.IntervalContext ctx, Literals literals) {
        if (ctx.errorCapturingUnitToUnitInterval() != null) {
            SqlBaseParser.UnitToUnitIntervalContext body = ctx.errorCapturingUnitToUnitInterval().body;
            SqlType type = SqlType.interval(unit(body.from.getText()), unit(body.to.getText()));
            return parse(text(body.value, literals), type);
        }
        return units(ctx.errorCapturingMultiUnitsInterval().body, literals);
    }

    private static String text(SqlBaseParser.IntervalValueContext ctx, Literals literals) {
        String sign = ctx.MINUS() != null ? "-" : "";
        return sign
                + (ctx.stringLit() != null
                        ? literals.string(ctx.stringLit())
                        : ctx.getStop().getText());
    }

    private static IntervalUnit unit(String text) {
        return IntervalUnit.valueOf(text.toUpperCase(Locale.ROOT).replaceAll("S$", ""));
    }

    private static Expr units(SqlBaseParser.MultiUnitsIntervalContext ctx, Literals literals) {
        BigDecimal total = BigDecimal.ZERO;
        IntervalUnit from = IntervalUnit.SECOND;
        IntervalUnit to = IntervalUnit.YEAR;
        for (int i = 0; i < ctx.unit.size(); i++) {
            String name = ctx.unit.get(i).getText().toUpperCase(Locale.ROOT).replaceAll("S$", "");
            BigDecimal value = number(text(ctx.intervalValue(i), literals).trim());
            Long small = SMALL.get(name);
            IntervalUnit unit =
                    small == null ? unit(name) : name.equals("WEEK") ? IntervalUnit.DAY : IntervalUnit.SECOND;
            if (i > 0 && unit.isYearMonth() != from.isYearMonth()) {
                throw SqlErrors.of(
                        "UNSUPPORTED_FEATURE.INTERVAL",
                        "0A000",
                        "The feature is not supported: Cannot mix year-month and day-time fields: " + ctx.getText()
                                + ".");
            }
            total = total.add(value.multiply(BigDecimal.valueOf(small == null ? unit.size() : small)));
            from = unit.ordinal() < from.ordinal() ? unit : from;
            to = unit.ordinal() > to.ordinal() ? unit : to;
        }
        return literal(micros(total), SqlType.interval(from, to));
    }

    /** Returns the literal of a text such as {@code 1-2} or {@code 1 02:03:04.5} in the units of its type. */
    static Expr parse(String text, SqlType type) {
        Pattern pattern = type.is(Kind.INTERVAL_YM) ? YEAR_MONTH : DAY_TIME;
        Matcher m = pattern.matcher(text.trim());
        if (!m.matches()) {
            throw SqlErrors.of(
                    "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING",
                    "22006",
                    "Error parsing '" + text
                            + "' to interval. Please ensure that the value provided is in a valid format "
                            + "for defining an interval.");
        }
        long value = type.is(Kind.INTERVAL_YM) ? months(m, type) : micros(text.trim(), type);
        return literal("-".equals(m.group(1)) ? -value : value, type);
    }

    private static long months(Matcher m, SqlType type) {
        long first = Long.parseLong(m.group(2));
        boolean single = type.precision() == type.scale();
        return single ? first * IntervalUnit.values()[type.precision()].size() : first * 12 + within(m, 11);
    }

    private static long within(Matcher m, long most) {
        long months = m.group(3) == null ? 0 : Long.parseLong(m.group(3));
        if (months > most) {
            throw SqlErrors.of(
                    "INVALID_INTERVAL_FORMAT.INTERVAL_PARSING",
                    "22006",
                    "Error parsing '" + m.group()
                            + "' to interval. Please ensure that the value provided is in a valid "
                            + "format for defining an interval. Error parsing interval year-month string.");
        }
        return months;
    }

    private static long micros(String text, SqlType type) {
        String[] parts = text.replaceFirst("^[+-]", "").split("[ :]+");
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < parts.length && type.precision() + i <= type.scale(); i++) {
            IntervalUnit unit = IntervalUnit.values()[type.precision() + i];
            total = total.add(new BigDecimal(parts[i]).multiply(BigDecimal.valueOf(unit.size())));
        }
        return micros(total);
    }

    private static Expr literal(long value, SqlType type) {
        String pretty = Intervals.literal(value, type.precision(), type.scale());
        return Expr.literal("CAST(" + value + " AS " + type.duck() + ")", type, pretty, value);
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw SqlErrors.of(
                    "INVALID_INTERVAL_FORMAT.UNRECOGNIZED_NUMBER",
                    "22006",
                    "Error parsing '" + text
                            + "' to interval. Please ensure that the value provided is in a valid format "
                            + "for defining an interval. Unrecognized number '" + text + "'.");
        }
    }

    private static long micros(BigDecimal total) {
        try {
            return total.longValueExact();
        } catch (ArithmeticException e) {
            throw SqlErrors.of(
                    "INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION",
                    "22015",
                    "Integer overflow while operating with intervals.");
        }
    }
}
