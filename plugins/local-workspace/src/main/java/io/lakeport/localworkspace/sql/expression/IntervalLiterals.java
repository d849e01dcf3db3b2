package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
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
            BigDecimal value =
                    new BigDecimal(text(ctx.intervalValue(i), literals).trim());
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
        return literal(total.longValueExact(), SqlType.interval(from, to));
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
        return single
                ? first * IntervalUnit.values()[type.precision()].size()
                : first * 12 + (m.group(3) == null ? 0 : Long.parseLong(m.group(3)));
    }

    private static long micros(String text, SqlType type) {
        String[] parts = text.replaceFirst("^[+-]", "").split("[ :]+");
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < parts.length && type.precision() + i <= type.scale(); i++) {
            IntervalUnit unit = IntervalUnit.values()[type.precision() + i];
            total = total.add(new BigDecimal(parts[i]).multiply(BigDecimal.valueOf(unit.size())));
        }
        return total.longValue();
    }

    private static Expr literal(long value, SqlType type) {
        String pretty = "INTERVAL '" + print(value, type) + "' " + type.text().substring("INTERVAL ".length());
        return Expr.literal("CAST(" + value + " AS " + type.duck() + ")", type, pretty, value);
    }

    private static String print(long value, SqlType type) {
        String sign = value < 0 ? "-" : "";
        long rest = Math.abs(value);
        StringBuilder out = new StringBuilder(sign);
        for (int i = type.precision(); i <= type.scale(); i++) {
            long size = IntervalUnit.values()[i].size();
            boolean first = i == type.precision();
            String digits = first || i < IntervalUnit.HOUR.ordinal() ? "%d" : "%02d";
            out.append(
                    first
                            ? ""
                            : i == IntervalUnit.MONTH.ordinal() ? "-" : i == IntervalUnit.HOUR.ordinal() ? " " : ":");
            out.append(String.format(Locale.ROOT, digits, rest / size));
            rest %= size;
        }
        if (rest > 0) {
            out.append(String.format(Locale.ROOT, ".%06d", rest).replaceAll("0+$", ""));
        }
        return out.toString();
    }
}
