package io.lakeport.localworkspace.sql.function;

import io.lakeport.localworkspace.sql.type.IntervalUnit;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Intervals, held as months or microseconds, as text. */
public final class Intervals {
    private static final Pattern LITERAL =
            Pattern.compile("(?i)interval\\s+([+-])?\\s*'([^']*)'\\s+(\\w+)(?:\\s+to\\s+(\\w+))?");
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-])?(\\d+)(?:-(\\d{1,2}))?");
    private static final Pattern DAY_TIME = Pattern.compile("([+-])?(\\d+(?:[ :]\\d+)*(?:\\.\\d{1,9})?)");

    private Intervals() {}

    /** Returns the literal that has this value, for example {@code INTERVAL '1-2' YEAR TO MONTH}. */
    public static String literal(long value, int from, int to) {
        IntervalUnit first = IntervalUnit.values()[from];
        IntervalUnit last = IntervalUnit.values()[to];
        return "INTERVAL '" + digits(value, from, to) + "' " + first + (first == last ? "" : " TO " + last);
    }

    /** Returns the digits of a value between its units. */
    public static String digits(long value, int from, int to) {
        long rest = Math.abs(value);
        StringBuilder out = new StringBuilder(value < 0 ? "-" : "");
        for (int i = from; i <= to; i++) {
            long size = IntervalUnit.values()[i].size();
            if (i > from) {
                out.append(i == IntervalUnit.MONTH.ordinal() ? "-" : i == IntervalUnit.HOUR.ordinal() ? " " : ":");
            }
            out.append(String.format(Locale.ROOT, i < IntervalUnit.HOUR.ordinal() ? "%d" : "%02d", rest / size));
            rest %= size;
        }
        if (rest > 0) {
            out.append(String.format(Locale.ROOT, ".%06d", rest).replaceAll("0+$", ""));
        }
        return out.toString();
    }

    /** Reads digits or a literal, {@code null} when the text is neither. */
    public static @Nullable Long read(String text, int from, int to) {
        Matcher literal = LITERAL.matcher(text.trim());
        if (literal.matches()) {
            boolean fits = literal.group(3).equalsIgnoreCase(IntervalUnit.values()[from].name());
            Long value = fits ? value(literal.group(2), from, to) : null;
            return value != null && "-".equals(literal.group(1)) ? Long.valueOf(-value) : value;
        }
        return value(text.trim(), from, to);
    }

    private static @Nullable Long value(String text, int from, int to) {
        boolean months = IntervalUnit.values()[from].isYearMonth();
        Matcher m = (months ? YEAR_MONTH : DAY_TIME).matcher(text);
        if (!m.matches()) {
            return null;
        }
        String[] parts = text.replaceFirst("^[+-]", "").split("[ :-]+");
        if (parts.length != to - from + 1) {
            return null;
        }
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < parts.length; i++) {
            BigDecimal size = BigDecimal.valueOf(IntervalUnit.values()[from + i].size());
            total = total.add(new BigDecimal(parts[i]).multiply(size));
        }
        long value = total.longValue();
        return "-".equals(m.group(1)) ? -value : value;
    }
}
